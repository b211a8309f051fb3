package generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/// A world of few things in which a model of two million weights can be fluent. Every tenth question is held out: it
/// appears in no training text and in no sample project.
public final class SmallWorld {

    /// One question: a row of a topic, asked in one of the topic's ways.
    private record Question(Topic topic, Map<String, String> row, int way) {
        String text() {
            return topic.ask(row, way);
        }

        String answer(Style style, Random random) {
            return topic.answer(style, row, random);
        }

        List<Turn> prompt() {
            return List.of(new Turn("user", text()));
        }
    }

    /// Two answers of known quality to one question.
    private record Rivals(Question question, Answer one, Answer other) {
        Pair pair() {
            boolean oneIsBetter = one.quality() > other.quality();
            return new Pair(
                    question.prompt(), oneIsBetter ? one.text() : other.text(), oneIsBetter ? other.text() : one.text());
        }
    }

    private record Answer(String text, double quality) {}

    private static final double OFF_TOPIC = -1.0;

    private final List<Question> open = new ArrayList<>();
    private final List<Question> heldOut = new ArrayList<>();

    private SmallWorld() {}

    public static SmallWorld read(Path file) throws IOException {
        SmallWorld world = new SmallWorld();
        Random split = new Random(10);
        String[] blocks = ("\n" + Files.readString(file)).split("\n== ");
        for (String block : Arrays.asList(blocks).subList(1, blocks.length)) {
            Topic topic = Topic.read(block);
            for (Map<String, String> row : topic.rows()) {
                for (int way = 0; way < topic.waysToAsk(); way++) {
                    (split.nextInt(10) == 0 ? world.heldOut : world.open).add(new Question(topic, row, way));
                }
            }
        }
        return world;
    }

    /// Conversations of one to three questions, answered in all styles.
    public Stream<Conversation> corpus(int count) {
        return conversations(open, count, 1);
    }

    public Stream<Conversation> heldOutCorpus(int count) {
        return conversations(heldOut, count, 2);
    }

    public List<Pair> preferences(int count) {
        return rivals(open, count, 3).stream().map(Rivals::pair).toList();
    }

    public List<Pair> heldOutPreferences(int count) {
        return rivals(heldOut, count, 4).stream().map(Rivals::pair).toList();
    }

    public void writeProject(Path folder) throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<Rivals> all = rivals(open, 260, 5);
        for (int i = 0; i < all.size(); i++) {
            Rivals rivals = all.get(i);
            String id = "small-talk-%03d".formatted(i + 1);
            samples.add(new Sample(
                    id,
                    rivals.question().prompt(),
                    List.of(candidate(id, "pebble-a", rivals.one()), candidate(id, "pebble-b", rivals.other()))));
        }
        new Project(
                        "Small talk",
                        "Short questions from a small world, each with two completions, judged by six simulated"
                                + " annotators who like friendly answers. Freeze it and train on it: the sample model"
                                + " speaks about this world.",
                        "helpful-honest-harmless",
                        3)
                .write(folder, samples, 20260303);
    }

    private static Sample.Candidate candidate(String id, String source, Answer answer) {
        return new Sample.Candidate(id + "/" + source, source, answer.quality(), answer.text());
    }

    private Stream<Conversation> conversations(List<Question> questions, int count, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> conversation(questions, random)).limit(count);
    }

    private Conversation conversation(List<Question> questions, Random random) {
        List<Turn> turns = new ArrayList<>();
        int rounds = random.nextInt(10) < 8 ? 1 : 2 + random.nextInt(2);
        for (int i = 0; i < rounds; i++) {
            Question question = pick(questions, random);
            turns.add(new Turn("user", question.text()));
            turns.add(new Turn("assistant", question.answer(usualStyle(random), random)));
        }
        return new Conversation(turns);
    }

    /// The untrained habit: friendly in a third of the answers, plain in a quarter, curt in the rest.
    private static Style usualStyle(Random random) {
        int part = random.nextInt(100);
        return part < 34 ? Style.KIND : part < 59 ? Style.PLAIN : Style.CURT;
    }

    private List<Rivals> rivals(List<Question> questions, int count, long seed) {
        Random random = new Random(seed);
        List<Rivals> all = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        while (all.size() < count) {
            Rivals rivals = rivals(questions, random);
            boolean different = !rivals.one().text().equals(rivals.other().text());
            boolean fresh = count > questions.size() || seen.add(rivals.question().text());
            if (different && fresh) {
                all.add(rivals);
            }
        }
        return all;
    }

    /// Mostly two styles against each other; every tenth time a friendly answer against one to another question.
    private Rivals rivals(List<Question> questions, Random random) {
        Question question = pick(questions, random);
        Answer better = answer(question, Style.KIND, random);
        int part = random.nextInt(10);
        Answer worse;
        if (part == 0) {
            worse = new Answer(pick(questions, random).answer(Style.KIND, random), OFF_TOPIC);
        } else if (part < 3) {
            worse = answer(question, Style.PLAIN, random);
        } else if (part < 5) {
            better = answer(question, Style.PLAIN, random);
            worse = answer(question, Style.CURT, random);
        } else {
            worse = answer(question, Style.CURT, random);
        }
        return random.nextBoolean() ? new Rivals(question, better, worse) : new Rivals(question, worse, better);
    }

    private static Answer answer(Question question, Style style, Random random) {
        return new Answer(question.answer(style, random), style.quality);
    }

    private static Question pick(List<Question> questions, Random random) {
        return questions.get(random.nextInt(questions.size()));
    }
}
