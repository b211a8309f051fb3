package generator;

import java.util.Locale;

/// How an answer of the small world sounds, with the utility that the simulated annotators feel.
enum Style {
    KIND(1.5),
    PLAIN(0.3),
    CURT(-1.3);

    final double quality;

    Style(double quality) {
        this.quality = quality;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
