"""Marks what assistants say with transformers, as the oracle for assistant_only_loss.

    pip install transformers==5.24.0 jinja2
    python src/test/scripts/assistant_mask_fixture.py

The templates were written for this test. Writes src/test/resources/rlhf/tokenizer/assistant-masks.json: for each template
and conversation the text, its ids under src/test/resources/rlhf/tokenizer/tokenizer.json, and transformers' mask.
"""
import json
import pathlib

from transformers import PreTrainedTokenizerFast

FOLDER = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "tokenizer"
TEMPLATES = {
    "turns": (
        "{% for message in messages %}{{ '<|' + message.role + '|>\\n' }}"
        "{% if message.role == 'assistant' %}{% generation %}{{ message.content + '<|end|>\\n' }}{% endgeneration %}"
        "{% else %}{{ message.content + '<|end|>\\n' }}{% endif %}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}"),
    "trimmed": (
        "{%- for message in messages -%}\n"
        "{%- if message['role'] == 'assistant' -%}\n"
        "[{% generation -%} {{ message['content'] | trim }}{%- endgeneration -%}]\n"
        "{%- else -%}({{ message['content'] }}){%- endif -%}\n"
        "{%- endfor -%}"),
}
CONVERSATIONS = [
    [("user", "hello"), ("assistant", "the world is good")],
    [("system", "be kind"), ("user", "hi"), ("assistant", " yes \U0001f600 äö "), ("user", "and?"), ("assistant", "no")],
    [("user", "only a question")],
    [("assistant", "I begin"), ("user", "ok"), ("assistant", "")],
]


def main():
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(FOLDER / "tokenizer.json"))
    cases = []
    for name, template in TEMPLATES.items():
        for conversation in CONVERSATIONS:
            messages = [dict(role=role, content=content) for role, content in conversation]
            marked = tokenizer.apply_chat_template(
                messages, chat_template=template, return_dict=True, return_assistant_tokens_mask=True)
            cases.append(dict(
                template=name, messages=messages, ids=marked["input_ids"], mask=marked["assistant_masks"],
                text=tokenizer.apply_chat_template(messages, chat_template=template, tokenize=False)))
    (FOLDER / "assistant-masks.json").write_text(
        json.dumps(dict(templates=TEMPLATES, cases=cases), indent=1, ensure_ascii=True) + "\n")


main()
