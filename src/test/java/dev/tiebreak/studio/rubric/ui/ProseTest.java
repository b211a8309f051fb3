package dev.tiebreak.studio.rubric.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {

    @Test
    void paragraphs_lists_and_marked_words_become_elements() {
        assertThat(html("Read **all** of it,\nthen *choose*.\n\n1. One\n   more\n2. Two\n\n- A\n"))
                .isEqualTo("<div><p>Read <span style=\"font-weight:600\">all</span> of it, then <em>choose</em>.</p>"
                        + "<ol><li>One more</li><li>Two</li></ol><ul><li>A</li></ul></div>");
    }

    @Test
    void html_stays_text() {
        assertThat(html("<img src=x onerror=alert(1)> & [a](javascript:alert(1))"))
                .isEqualTo("<div><p>&lt;img src=x onerror=alert(1)&gt; &amp; [a](javascript:alert(1))</p></div>");
    }

    private static String html(String markdown) {
        return new Prose(markdown).getElement().getOuterHTML().replaceAll("\n\\s*", "");
    }
}
