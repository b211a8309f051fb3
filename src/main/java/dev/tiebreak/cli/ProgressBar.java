package dev.tiebreak.cli;

import java.util.function.DoubleConsumer;

/// How much of something is done, drawn on a terminal; nothing where there is none.
public final class ProgressBar {

    private ProgressBar() {}

    /// Hears shares from 0 to 1.
    public static DoubleConsumer onTerminal() {
        if (System.console() == null || !System.console().isTerminal()) {
            return _ -> {};
        }
        int[] shown = {-1};
        return share -> {
            int percent = (int) (share * 100);
            if (percent != shown[0]) {
                shown[0] = percent;
                System.err.printf(
                        "\r[%-40s] %3d %%%s", "#".repeat(percent * 2 / 5), percent, percent == 100 ? "\n" : "");
            }
        };
    }
}
