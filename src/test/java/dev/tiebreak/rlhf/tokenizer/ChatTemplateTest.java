package dev.tiebreak.rlhf.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");
    private static final List<ChatMessage> HELLO = List.of(ChatMessage.user("Hi"));

    /// One rendering by transformers, or the error it ended in: `src/test/scripts/chat_template_fixture.py`.
    record Golden(JsonObject json) {
        @Override
        public String toString() {
            return json.get("name").getAsString() + ", "
                    + json.getAsJsonArray("messages").size() + " messages";
        }
    }

    static Stream<Golden> goldenRenderings() throws IOException {
        String json = Files.readString(HuggingFaceFixture.FOLDER.resolve("chat-templates.json"));
        return JsonParser.parseString(json).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(Golden::new);
    }

    @ParameterizedTest
    @MethodSource("goldenRenderings")
    void a_template_renders_as_transformers_renders_it(Golden golden) {
        JsonObject json = golden.json();
        ChatTemplate template = ChatTemplate.jinja(json.get("template").getAsString(), TOKENS);
        List<ChatMessage> messages = json.getAsJsonArray("messages").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(each -> new ChatMessage(
                        each.get("role").getAsString(), each.get("content").getAsString()))
                .toList();
        boolean prompt = json.get("add_generation_prompt").getAsBoolean();
        if (json.has("text")) {
            assertThat(template.render(messages, prompt))
                    .isEqualTo(json.get("text").getAsString());
        } else {
            assertThatThrownBy(() -> template.render(messages, prompt)).isInstanceOf(ChatTemplateException.class);
        }
    }

    @Test
    void the_ChatML_constant_is_what_transformers_calls_ChatML() throws IOException {
        assertThat(goldenRenderings()
                        .map(golden -> golden.json().get("template").getAsString()))
                .contains(ChatTemplate.CHATML);
    }

    @Test
    void what_we_do_not_support_is_named_with_its_line() {
        assertFails("a\n{% include 'x' %}", "chat template line 2: the statement 'include' is not supported");
        assertFails("{{ 1 | wordcount }}", "chat template line 1: the filter 'wordcount' is not supported");
        assertFails("{{ 1 is sameas 1 }}", "chat template line 1: the test 'sameas' is not supported");
        assertFails("\n\n{{ lipsum() }}", "chat template line 3: the function 'lipsum' is not supported");
        assertFails(
                "{% for i in [1] recursive %}{% endfor %}", "chat template line 1: a recursive 'for' is not supported");
    }

    @Test
    void a_broken_template_is_named_with_its_line() {
        assertFails("{{ 1 + }}", "chat template line 1: expected a value, found '}}'");
        assertFails("{% if true %}\nx", "chat template line 2: the template ends before elif or else or endif");
        assertFails("{{ 'open }}", "chat template line 1: unexpected character '''");
        assertFails("{{ a", "chat template line 1: a tag is not closed");
        assertFails("{{ a b }}", "chat template line 1: expected '}}', found 'b'");
        assertFails("{{ nothing.at }}", "chat template line 1: 'nothing' is undefined");
        assertFails("{{ 'a' + 1 }}", "chat template line 1: '+' does not fit a text and a integer");
    }

    @Test
    void a_refusal_of_the_template_reaches_the_reader() {
        assertFails(
                "{{ raise_exception('roles must alternate') }}",
                "chat template line 1: the template refuses: roles must alternate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                "{{ range(1000000000) }}",
                "{% set ns = namespace(t='aaaaaaaa') %}{% for i in range(64) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "{% set ns = namespace(t=[1, 2]) %}{% for i in range(64) %}{% set ns.t = ns.t + ns.t %}{% endfor %}",
                "{{ 'a' * 9999999999 }}",
                "{{ 10 ** 100 }}",
                "{{ 9223372036854775807 + 1 }}",
                "{{ 99999999999999999999 }}",
                "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
                "{{ ''.__class__.__mro__ }}{{ ''.__class__() }}",
                "{{ messages.getClass().forName('java.lang.Runtime') }}",
            })
    void a_hostile_template_ends_in_one_clear_error(String template) {
        assertThatThrownBy(() -> ChatTemplate.jinja(template, TOKENS).render(HELLO, true))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageStartingWith("chat template line ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void deep_nesting_ends_in_one_clear_error() {
        for (String deep : List.of(
                "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}",
                "{{ " + "-".repeat(50000) + "1 }}",
                "{{ " + "not ".repeat(50000) + "1 }}",
                "{{ 1" + " + 1".repeat(50000) + " }}",
                "{% if 1 %}".repeat(5000) + "{% endif %}".repeat(5000))) {
            assertThatThrownBy(() -> ChatTemplate.jinja(deep, TOKENS).render(HELLO, true))
                    .isInstanceOf(ChatTemplateException.class);
        }
    }

    private static void assertFails(String template, String message) {
        assertThatThrownBy(() -> ChatTemplate.jinja(template, TOKENS).render(HELLO, true))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessage(message);
    }
}
