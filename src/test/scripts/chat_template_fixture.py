"""Renders chat templates with Jinja as transformers does, as the oracle for our own interpreter.

    pip install transformers==5.23.0 jinja2
    python src/test/scripts/chat_template_fixture.py

The templates were written for this test, each around constructs that published templates use. Writes
src/test/resources/rlhf/tokenizer/chat-templates.json.
"""
import json
import pathlib

from transformers.utils.chat_template_utils import _compile_jinja_template

FILE = pathlib.Path(__file__).parents[1] / "resources" / "rlhf" / "tokenizer" / "chat-templates.json"
CONVERSATIONS = [
    [{"role": "user", "content": "Hi"}],
    [{"role": "system", "content": " Be brief. "}, {"role": "user", "content": "Hi"}],
    [
        {"role": "system", "content": "Be\nkind."},
        {"role": "user", "content": "What is \"it\"?  "},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\nIt's 'x' & <y>: 東京 🙂"},
        {"role": "user", "content": "\u00a0ok\u00a0"},
        {"role": "assistant", "content": "Bye"},
    ],
]
TEMPLATES = {
    "chatml": "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
    "multi-line with lstrip and trim": """
{%- if messages[0].role == 'system' %}
    {{- bos_token + '[SYS]' + messages[0].content | trim + '[/SYS]' }}
    {%- set rest = messages[1:] %}
{%- else %}
    {%- set rest = messages %}
{%- endif %}
{% for m in rest if m.role != 'tool' %}
    {# a comment #}
    {% if loop.first %}first {% elif loop.last %}last {% else %}{{ loop.index0 }}/{{ loop.length }} {% endif %}
  {{ m['role'] | upper }}: {{ m.content }}
{% endfor %}
  tail
""",
    "namespace and reverse search": """
{%- set ns = namespace(last_user=-1, found=false) %}
{%- for m in messages[::-1] %}
{%- set index = (messages|length - 1) - loop.index0 %}
{%- if not ns.found and m.role == 'user' and m.content is string %}
{%- set ns.last_user = index %}{%- set ns.found = true %}
{%- endif %}
{%- endfor %}
{%- for m in messages %}
{%- if m.role == 'assistant' and '</think>' in m.content and loop.index0 < ns.last_user %}
{%- set text = m.content.split('</think>')[-1].lstrip('\\n') %}
{{- '<A>' + text + '</A>' }}
{%- else %}{{- '<' ~ m.role[0] ~ loop.index ~ '>' ~ m.content.strip() }}{%- endif %}
{%- endfor %}
{{- ns.last_user }}""",
    "macros, defaults and tojson": """
{%- macro turn(role, content, end=eos_token) -%}
  [{{ role }}] {{ content | trim }}{{ end }}
{%- endmacro -%}
{{ turn('sys', system | default('none')) }}
{%- for m in messages -%}{{ turn(m.role, m.content, end='') }}{{ '' if loop.last else ' | ' }}{%- endfor -%}
{{ messages | tojson }} {{ messages[0] | tojson(indent=2) }} {{ {'a': [1, 2.5, none, true], 'b': {}, 'c': []} | tojson }}""",
    "values print as Python does": """{{ 1 }} {{ 1.0 }} {{ 1e20 }} {{ true }} {{ none }} {{ [1, 'a', "it's", none] }} {{ {'k': 'v'} }} {{ undefined_thing }}|{{ 7 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ 'ab' * 3 }} {{ 1 + 2 * 3 - 4 }} {{ (1 + 2) * 3 }} {{ 'a' ~ 1 ~ none }}""",
    "tests and logic": """{{ x is defined }} {{ messages is sequence }} {{ messages[0] is mapping }} {{ 4 is divisibleby 2 }} {{ 3 is odd }} {{ not 1 > 2 and 3 >= 3 }} {{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 'a' in 'abc' }} {{ 'z' not in ['a'] }} {{ none is none }} {{ tools is none }} {{ '' or 'or' }} {{ 'x' and 'and' }} {{ 'yes' if messages else 'no' }} {{ 1 == 1.0 }} {{ 'a' == 'a' is true }} {{ strftime is not defined }}""",
    "filters": """{{ [3, 1, 2] | sort | join(',') }} {{ messages | map(attribute='role') | list }} {{ messages | selectattr('role', 'equalto', 'user') | list | length }} {{ messages | rejectattr('role', 'in', ['user']) | map(attribute='content') | join('/') }} {{ 'hello world' | title }} {{ 'hELLO' | capitalize }} {{ 'a-b' | replace('-', '+') }} {{ [1, 2] | first }} {{ [1, 2] | last }} {{ 'a\nb\n\nc' | indent(2) }} {% for k, v in {'b': 1, 'a': 2} | dictsort %}{{ k }}{{ v }}{% endfor %} {{ '12' | int + 1 }} {{ -3 | abs }} {{ ['a', 'a', 'b'] | unique | list }} {{ 'abc' | reverse }} {{ 'x' | default('d') }} {{ '' | default('d', true) }}""",
    "slices and indexes": """{{ 'abcdef'[1:3] }} {{ 'abcdef'[::-1] }} {{ 'abcdef'[-2:] }} {{ [1,2,3,4][::2] }} {{ [1,2,3][-1] }} {{ [1,2,3][5] }}|{{ [1,2,3,4][3:0:-1] }} {{ messages[-1]['role'] }} {{ messages[0].nothing }}| {{ 'ab'[7:] }}|""",
    "loops": """{% for i in range(3) %}{{ i }}{% if not loop.last %},{% endif %}{% endfor %} {% for a, b in {'x': 1, 'y': 2}.items() %}{{ a }}={{ b }};{% endfor %} {% for i in [] %}never{% else %}empty{% endfor %} {% for i in range(10) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %} {% for i in range(2, 10, 3) %}{{ loop.cycle('a', 'b') }}{{ i }}{% endfor %} {% for i in 'xy' %}{{ loop.previtem }}{{ i }}{{ loop.nextitem }}{% endfor %}""",
    "scopes": """{% set x = 1 %}{% for i in range(3) %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }} {% if true %}{% set x = 9 %}{% endif %}{{ x }} {% set block %}in {{ x }}{% endset %}{{ block | upper }} {% set a, b = 1, 'two' %}{{ a }}{{ b }}""",
    "string methods": """{{ ' x '.strip() }}|{{ 'xxaxx'.strip('x') }}|{{ 'a,b,c'.split(',', 1) }}|{{ ' a  b '.split() }}|{{ 'abc'.startswith('ab') }}|{{ 'abc'.endswith(('x', 'c')) }}|{{ ', '.join(['a', 'b']) }}|{{ 'aXb'.lower() }}|{{ {'a': 1}.get('b', 2) }}|{{ {'a': none}.get('a') }}|{{ 'a.b'.replace('.', '-') }}|{{ 'they\\'re' }}|{{ "tab\\there" }}|{{ '\\u00e9' }}|{{ 'a' 'b' }}""",
    "whitespace control": "a  {%- if true -%}  b  {%- endif %}  c\n  {% if true %}\n  d\n  {% endif %}\n e {%+ if true %} f {% endif +%}\n g {{- ' h ' -}}  i\n{#- gone -#}\n j {% raw %}{{ raw }} {% x %}{% endraw %} k\n\n",
    "generation": "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{{ eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}",
    "date without a clock": "{% if not date_string is defined %}{% if strftime_now is defined and false %}{{ strftime_now('%Y') }}{% else %}{% set date_string = '26 Jul 2024' %}{% endif %}{% endif %}{{ date_string }}",
    "alternation": "{% for m in messages %}{% if (m['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{{ '[INST] ' + m['content'] + ' [/INST]' if m['role'] == 'user' else m['content'] + eos_token }}{% endfor %}",
    "undefined used": "{{ nothing.at.all }}",
}


def render(template: str, messages: list, add_generation_prompt: bool) -> dict:
    try:
        text = _compile_jinja_template(template).render(
            messages=messages,
            tools=None,
            documents=None,
            add_generation_prompt=add_generation_prompt,
            bos_token="<s>",
            eos_token="</s>",
        )
        return {"text": text}
    except Exception as error:  # noqa: BLE001
        return {"error": f"{type(error).__name__}: {error}"}


FILE.write_text(
    json.dumps(
        [
            {
                "name": name,
                "template": template,
                "messages": messages,
                "add_generation_prompt": prompt,
                **render(template, messages, prompt),
            }
            for name, template in TEMPLATES.items()
            for messages in CONVERSATIONS
            for prompt in ([False, True] if name == "chatml" else [True])
        ],
        ensure_ascii=False,
        indent=1,
    )
    + "\n"
)
