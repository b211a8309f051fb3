package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.server.Command;
import dev.tiebreak.studio.registry.TrialEvent;
import dev.tiebreak.studio.registry.ui.Tried.Written;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Brings a running trial to the page: texts ten times a second at most, however fast the model writes, the rest at
/// once.
final class LiveTrial implements Consumer<TrialEvent> {
    private static final long NANOS_BETWEEN = 100_000_000;

    private final Tried tried;
    private final TriedPanel panel;
    private final Consumer<Command> page;
    private final Consumer<String> onFailure;
    private final Runnable onEnd;
    private final List<StringBuilder> texts;
    private final long[] shownAt;

    /// @param page runs a command on the page's thread; the other two are called there
    LiveTrial(Tried tried, TriedPanel panel, Consumer<Command> page, Consumer<String> onFailure, Runnable onEnd) {
        this.tried = tried;
        this.panel = panel;
        this.page = page;
        this.onFailure = onFailure;
        this.onEnd = onEnd;
        this.texts =
                Stream.generate(StringBuilder::new).limit(tried.models().size()).toList();
        this.shownAt = new long[texts.size()];
    }

    @Override
    public void accept(TrialEvent event) {
        switch (event) {
            case TrialEvent.Queued(var ahead) -> page.accept(() -> sayWaiting(ahead));
            case TrialEvent.Wrote(var model, var delta) -> wrote(model, delta);
            case TrialEvent.Completed(var model, var text, var cutOff, var tokens) ->
                page.accept(() -> {
                    tried.write(model, new Written(text, tokens, cutOff, true));
                    panel.refresh(model);
                });
            case TrialEvent.Scored(var scores) ->
                page.accept(() -> {
                    tried.score(scores);
                    panel.showScores();
                });
            case TrialEvent.Failed(var reason) -> page.accept(() -> onFailure.accept(reason));
            case TrialEvent.Ended _ -> end();
        }
    }

    private void sayWaiting(int ahead) {
        String others =
                ahead == 0 ? "" : "%,d %s of others first".formatted(ahead, ahead == 1 ? "request" : "requests");
        IntStream.range(0, texts.size())
                .filter(model -> !tried.written(model).finished())
                .forEach(model -> panel.say(model, others.isEmpty() ? "Waiting …" : "Waiting: " + others));
    }

    private void wrote(int model, String delta) {
        StringBuilder text = texts.get(model).append(delta);
        long time = System.nanoTime();
        if (time - shownAt[model] >= NANOS_BETWEEN) {
            shownAt[model] = time;
            String written = text.toString();
            page.accept(() -> showUnfinished(model, written, "Writing …"));
        }
    }

    private void end() {
        List<String> last = texts.stream().map(StringBuilder::toString).toList();
        page.accept(() -> {
            IntStream.range(0, last.size()).forEach(model -> showUnfinished(model, last.get(model), "Stopped"));
            onEnd.run();
        });
    }

    private void showUnfinished(int model, String written, String status) {
        if (!tried.written(model).finished()) {
            tried.write(model, new Written(written, 0, false, false));
            panel.refresh(model);
            panel.say(model, status);
        }
    }
}
