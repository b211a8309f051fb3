package dev.tiebreak.studio.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiebreak.rlhf.trainer.TrainingMethod;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.Roles;
import dev.tiebreak.studio.training.LiveRuns.News;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.access.AccessDeniedException;

@OnH2
class LiveRunsTest extends TrainingFixture {
    @Autowired
    LiveRuns live;

    @Test
    void viewers_who_come_at_different_times_see_the_same_rows() throws Exception {
        worker.stop();
        TrainingRun run = start(TrainingMethod.REWARD_MODEL, Map.of("max_steps", "1"));
        BlockingQueue<News> first = new LinkedBlockingQueue<>();
        BlockingQueue<News> second = new LinkedBlockingQueue<>();
        append(run, 1);

        LiveRuns.Handle one = asEngineer(() -> live.follow(run.id(), first::add));
        assertThat(first.remove()).satisfies(news -> {
            assertThat(news.fromStart()).isTrue();
            assertThat(steps(news)).containsExactly(1);
            assertThat(news.run()).isEqualTo(run);
        });

        append(run, 2);
        LiveRuns.Handle two = asEngineer(() -> live.follow(run.id(), second::add));
        assertThat(steps(second.remove())).containsExactly(1, 2);
        assertThat(steps(next(first))).containsExactly(2); // which the second viewer's coming brought to light

        append(run, 3);
        assertThat(next(first)).isEqualTo(next(second)).satisfies(news -> {
            assertThat(news.fromStart()).isFalse();
            assertThat(steps(news)).containsExactly(3);
        });

        one.close();
        asEngineer(() -> training.cancel(run.id()));
        assertThat(next(second).run().state()).isEqualTo(TrainingState.CANCELLED);
        assertThat(first).isEmpty();
        two.close();
    }

    @Test
    void the_list_tells_of_new_runs() throws Exception {
        worker.stop();
        BlockingQueue<List<LiveRuns.Summary>> told = new LinkedBlockingQueue<>();
        LiveRuns.Handle handle = asEngineer(() -> live.followAll(told::add));
        int before = told.remove().size();

        TrainingRun run = start(TrainingMethod.REWARD_MODEL, Map.of("max_steps", "1"));

        List<LiveRuns.Summary> after = told.poll(10, TimeUnit.SECONDS);
        assertThat(after).hasSize(before + 1);
        assertThat(after.getFirst().run()).isEqualTo(run);
        handle.close();
    }

    @Test
    void annotators_may_not_look() {
        assertThatThrownBy(() -> Roles.as(() -> live.followAll(_ -> {}), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
    }

    private static News next(BlockingQueue<News> told) throws InterruptedException {
        News news = told.poll(10, TimeUnit.SECONDS);
        assertThat(news).isNotNull();
        return news;
    }

    private static List<Integer> steps(News news) {
        return news.rows().stream().map(MetricsRow::step).toList();
    }

    private void append(TrainingRun run, int step) throws IOException {
        RunFiles files = folders.of(run.id());
        files.prepare();
        Path file = files.metrics();
        Files.writeString(
                file, "{\"step\":" + step + ",\"loss\":0.5}\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
