package generator;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// Lets the six annotators vote on every pair of completions of every prompt.
///
/// Randomness is `java.util.Random`, whose sequence for a seed the Java platform specifies, and of it only the methods
/// whose algorithm is specified too.
final class Voting {
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 3, 2); // a Monday
    private static final int DAYS = 15; // working days

    private record Task(Sample sample, Sample.Candidate left, Sample.Candidate right) {}

    private final Random random;
    private final int overlap;

    Voting(long seed, int overlap) {
        this.random = new Random(seed);
        this.overlap = overlap;
    }

    Stream<Vote> on(List<Sample> samples) {
        Map<Annotator, List<Task>> queues = queues(samples);
        return Annotator.ALL.stream().flatMap(annotator -> votes(annotator, queues.get(annotator)).stream());
    }

    /// Who judges what, with sides: each annotator sees the first completion of a pair on the left every other time.
    private Map<Annotator, List<Task>> queues(List<Sample> samples) {
        Map<Annotator, List<Task>> queues = new HashMap<>();
        Annotator.ALL.forEach(annotator -> queues.put(annotator, new ArrayList<>()));
        int pair = 0;
        for (Sample sample : Shuffle.of(samples, random)) {
            for (int i = 0; i < sample.completions().size(); i++) {
                for (int j = i + 1; j < sample.completions().size(); j++) {
                    List<Annotator> chosen = Shuffle.of(Annotator.ALL, random).subList(0, overlap);
                    for (int k = 0; k < overlap; k++) {
                        boolean turned = (pair + k) % 2 == 0;
                        Sample.Candidate first = sample.completions().get(turned ? j : i);
                        Sample.Candidate second = sample.completions().get(turned ? i : j);
                        queues.get(chosen.get(k)).add(new Task(sample, first, second));
                    }
                    pair++;
                }
            }
        }
        return queues;
    }

    private List<Vote> votes(Annotator annotator, List<Task> queue) {
        List<Vote> votes = new ArrayList<>();
        int perDay = (queue.size() + DAYS - 1) / DAYS;
        LocalDate day = FIRST_DAY;
        var now = morning(day);
        for (int i = 0; i < queue.size(); i++) {
            if (i > 0 && i % perDay == 0) {
                day = nextWorkingDay(day);
                now = morning(day);
            }
            long active = activeMs(annotator, queue.get(i));
            now = now.plus(Duration.ofMillis(active + 1000 + random.nextInt(20_000)));
            votes.add(vote(annotator, queue.get(i), (double) i / queue.size(), now.toInstant(ZoneOffset.UTC), active));
        }
        return votes;
    }

    private Vote vote(Annotator annotator, Task task, double progress, Instant at, long active) {
        double difference = annotator.feltDifference(task.left(), task.right(), progress, logistic());
        boolean bothBad = annotator.findsBothBad(task.left(), task.right(), random.nextDouble());
        boolean tie = Math.abs(difference) < annotator.tieWidth();
        String choice = bothBad ? "both_bad" : tie ? "tie" : difference > 0 ? "left" : "right";
        double distance = Math.abs(difference);
        int strength = bothBad || tie ? 0 : distance < 1.6 ? 1 : distance < 3.6 ? 2 : 3;
        return new Vote(
                annotator.name(),
                task.sample().id(),
                task.left().id(),
                task.right().id(),
                choice,
                strength,
                at,
                active);
    }

    /// Reading time with a spread of about a third, never under 0.7 seconds.
    private long activeMs(Annotator annotator, Task task) {
        int characters = task.left().text().length() + task.right().text().length();
        double spread = 0.5 + (random.nextDouble() + random.nextDouble() + random.nextDouble()) / 3;
        double seconds = 1.2 + annotator.secondsPerThousandCharacters() * characters / 1000;
        return Math.max(700, Math.round(1000 * seconds * spread));
    }

    private double logistic() {
        double p = Math.max(1e-9, random.nextDouble());
        return StrictMath.log(p / (1 - p));
    }

    private LocalDateTime morning(LocalDate day) {
        return day.atTime(LocalTime.of(8, 30)).plusSeconds(random.nextInt(3600));
    }

    private static LocalDate nextWorkingDay(LocalDate day) {
        LocalDate next = day.plusDays(1);
        return next.getDayOfWeek() == DayOfWeek.SATURDAY ? next.plusDays(2) : next;
    }
}
