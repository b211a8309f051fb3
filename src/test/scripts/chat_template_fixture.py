"""Renders chat templates with transformers, as the oracle for our own interpreter.

    pip install transformers==5.24.0 jinja2
    python src/test/scripts/chat_template_fixture.py

The templates were written for this test, each around constructs that published templates use. Writes
src/test/resources/rlhf/tokenizer/chat-templates.json with small ones, and chat-template-styles.json with whole ones in the
styles of six families, given rows with tools and template variables. "Today" is 26 July 2024 there.
"""
import datetime
import json
import pathlib

from transformers import PreTrainedTokenizerFast
from transformers.utils import chat_template_utils
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


class FixedDate(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2024, 7, 26)


chat_template_utils.datetime = FixedDate

STYLES = {
    "ChatML with tools, as Qwen 2.5": """
{%- set lead = messages[0].content if messages[0].role == 'system' else 'Answer as a careful clerk would.' %}
{{- '<|im_start|>system\\n' + lead }}
{%- if tools %}
    {{- '\\n\\n## Functions\\nOne signature a line:\\n<tools>' }}
    {%- for tool in tools %}
        {{- '\\n' }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- '\\n</tools>\\nCall one with <tool_call>{"name": …, "arguments": …}</tool_call>.' }}
{%- endif %}
{{- '<|im_end|>\\n' }}
{%- for message in messages %}
    {%- if message.role == 'user' or (message.role == 'system' and not loop.first) or (message.role == 'assistant' and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
    {%- elif message.role == 'assistant' %}
        {{- '<|im_start|>' + message.role }}
        {%- if message.content %}
            {{- '\\n' + message.content }}
        {%- endif %}
        {%- for call in message.tool_calls %}
            {%- if call.function is defined %}
                {%- set call = call.function %}
            {%- endif %}
            {{- '\\n<tool_call>\\n{"name": "' }}{{- call.name }}{{- '", "arguments": ' }}{{- call.arguments | tojson }}{{- '}\\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == 'tool' %}
        {%- if loop.index0 == 0 or messages[loop.index0 - 1].role != 'tool' %}
            {{- '<|im_start|>user' }}
        {%- endif %}
        {{- '\\n<tool_response>\\n' }}{{- message.content }}{{- '\\n</tool_response>' }}
        {%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}
            {{- '<|im_end|>\\n' }}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
""",
    "ChatML with thoughts, as Qwen 3": """
{%- if tools %}
    {{- '<|im_start|>system\\n' }}
    {%- if messages[0].role == 'system' %}{{- messages[0].content + '\\n\\n' }}{%- endif %}
    {{- 'At hand:' }}
    {%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
    {{- '<|im_end|>\\n' }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}
{%- endif %}
{%- set asked = namespace(searching=true, at=messages | length - 1) %}
{%- for message in messages[::-1] %}
    {%- set place = (messages | length - 1) - loop.index0 %}
    {%- if asked.searching and message.role == 'user' and message.content is string and not (message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
        {%- set asked.searching = false %}
        {%- set asked.at = place %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- set said = message.content if message.content is string else '' %}
    {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\\n' + said + '<|im_end|>' + '\\n' }}
    {%- elif message.role == 'assistant' %}
        {%- set thought = '' %}
        {%- if message.reasoning_content is string %}
            {%- set thought = message.reasoning_content %}
        {%- elif '</think>' in said %}
            {%- set thought = said.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set said = said.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {%- if loop.index0 > asked.at and (loop.last or thought) %}
            {{- '<|im_start|>' + message.role + '\\n<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' + said.lstrip('\\n') }}
        {%- else %}
            {{- '<|im_start|>' + message.role + '\\n' + said }}
        {%- endif %}
        {%- for call in message.tool_calls or [] %}
            {%- if (loop.first and said) or not loop.first %}{{- '\\n' }}{%- endif %}
            {%- set what = call.function or call %}
            {{- '<tool_call>\\n{"name": "' ~ what.name ~ '", "arguments": ' }}
            {%- if what.arguments is string %}{{- what.arguments }}{%- else %}{{- what.arguments | tojson }}{%- endif %}
            {{- '}\\n</tool_call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == 'tool' %}
        {%- if loop.first or loop.previtem.role != 'tool' %}{{- '<|im_start|>user' }}{%- endif %}
        {{- '\\n<tool_response>\\n' + said + '\\n</tool_response>' }}
        {%- if loop.last or loop.nextitem.role != 'tool' %}{{- '<|im_end|>\\n' }}{%- endif %}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
    {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}
{%- endif %}
""",
    "headers and a date, as Llama 3": """
{{- bos_token }}
{%- if custom_tools is defined %}{%- set tools = custom_tools %}{%- endif %}
{%- if not tools_in_user_message is defined %}{%- set tools_in_user_message = true %}{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}{%- set date_string = strftime_now('%d %b %Y') %}{%- else %}{%- set date_string = 'some day' %}{%- endif %}
{%- endif %}
{%- if not tools is defined %}{%- set tools = none %}{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set rules = messages[0]['content'] | trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set rules = '' %}
{%- endif %}
{{- '<|start_header_id|>system<|end_header_id|>\\n\\n' }}
{%- if tools is not none %}{{- 'Surroundings: ipython\\n' }}{%- endif %}
{{- 'Written on: ' + date_string + '\\n\\n' }}
{%- if tools is not none and not tools_in_user_message %}
    {{- 'These may be called:\\n\\n' }}
    {%- for tool in tools %}{{- tool | tojson(indent=4) }}{{- '\\n\\n' }}{%- endfor %}
{%- endif %}
{{- rules }}{{- '<|eot_id|>' }}
{%- if tools_in_user_message and tools is not none %}
    {%- if messages | length != 0 %}
        {%- set opening = messages[0]['content'] | trim %}
        {%- set messages = messages[1:] %}
    {%- else %}
        {{- raise_exception('There is no user message to put the tools into') }}
    {%- endif %}
    {{- '<|start_header_id|>user<|end_header_id|>\\n\\n' -}}
    {%- for tool in tools %}{{- tool | tojson(indent=4) }}{{- '\\n\\n' }}{%- endfor %}
    {{- opening + '<|eot_id|>' }}
{%- endif %}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {%- if not message.tool_calls | length == 1 %}{{- raise_exception('One call at a time') }}{%- endif %}
        {%- set call = message.tool_calls[0].function %}
        {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' -}}
        {{- '{"name": "' + call.name + '", ' }}{{- '"parameters": ' }}{{- call.arguments | tojson }}{{- '}' }}{{- '<|eot_id|>' }}
    {%- else %}
        {{- '<|start_header_id|>ipython<|end_header_id|>\\n\\n' }}
        {%- if message.content is mapping or (message.content is iterable and message.content is not string) %}{{- message.content | tojson }}{%- else %}{{- message.content }}{%- endif %}
        {{- '<|eot_id|>' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}
""",
    "instructions in brackets, as Mistral": """
{%- set head = messages[0]['content'] if messages[0]['role'] == 'system' else none %}
{%- set turns = messages[1:] if head is not none else messages %}
{%- set questions = turns | selectattr('role', 'equalto', 'user') | list %}
{%- set seen = namespace(n=0) %}
{%- for turn in turns %}
    {%- if turn.role in ['user', 'assistant'] and not (turn.tool_calls is defined and turn.tool_calls is not none) %}
        {%- if (turn['role'] == 'user') != (seen.n % 2 == 0) %}
            {{- raise_exception('user and assistant must take turns') }}
        {%- endif %}
        {%- set seen.n = seen.n + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for turn in turns %}
    {%- if turn['role'] == 'user' %}
        {%- if tools is not none and turn == questions[-1] %}
            {{- '[AVAILABLE_TOOLS] [' }}
            {%- for tool in tools %}
                {{- '{' }}
                {%- for key, value in tool.function.items() if key != 'return' %}
                    {%- if value is string %}{{- '"' + key + '": "' + value + '"' }}{%- else %}{{- '"' + key + '": ' + value | tojson }}{%- endif %}
                    {{- '' if loop.last else ', ' }}
                {%- endfor %}
                {{- '}' }}{{- ']' if loop.last else ', ' }}
            {%- endfor %}
            {{- '[/AVAILABLE_TOOLS]' }}
        {%- endif %}
        {{- '[INST] ' }}
        {%- if loop.last and head is not none %}{{- head + '\\n\\n' }}{%- endif %}
        {{- turn['content'] + '[/INST]' }}
    {%- elif turn.tool_calls is defined and turn.tool_calls is not none %}
        {{- '[TOOL_CALLS] [' }}
        {%- for call in turn.tool_calls %}
            {%- set text = call.function | tojson %}
            {{- text[:-1] }}
            {%- if not call.id is defined or call.id | length != 9 %}{{- raise_exception('the id of a call has 9 characters') }}{%- endif %}
            {{- ', "id": "' + call.id + '"}' }}{{- ']' + eos_token if loop.last else ', ' }}
        {%- endfor %}
    {%- elif turn['role'] == 'assistant' %}
        {{- ' ' + turn['content'] | trim + eos_token }}
    {%- elif turn['role'] in ('tool', 'tool_results') %}
        {%- set answer = turn.content.content if turn.content is mapping and turn.content.content is defined else turn.content %}
        {{- '[TOOL_RESULTS] {"content": ' + answer | string + ', "call_id": "' + turn.tool_call_id + '"}[/TOOL_RESULTS]' }}
    {%- else %}
        {{- raise_exception('the role ' ~ turn['role'] ~ ' is not known') }}
    {%- endif %}
{%- endfor %}
""",
    "turns of a model, as Gemma": """
{{ bos_token }}
{%- set before = '' %}
{%- if messages[0]['role'] == 'system' %}
    {%- set before = messages[0]['content'] + '\\n\\n' %}
    {%- set turns = messages[1:] %}
{%- else %}
    {%- set turns = messages %}
{%- endif %}
{%- for turn in turns %}
    {%- if (turn['role'] == 'user') != (loop.index0 is even) %}{{ raise_exception("Turns must alternate, the user's first") }}{%- endif %}
    {%- set who = 'model' if turn['role'] == 'assistant' else turn['role'] %}
    {{- '<start_of_turn>' ~ who ~ '\\n' ~ (before if loop.first) }}
    {%- if turn['content'] is string %}
        {{- turn['content'] | trim }}
    {%- elif turn['content'] is iterable %}
        {%- for part in turn['content'] %}{%- if part['type'] == 'text' %}{{- part['text'] | trim }}{%- endif %}{%- endfor %}
    {%- endif %}
    {{- '<end_of_turn>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{%- endif %}
""",
    "one tag a turn, as Zephyr": """{% for message in messages %}
{% if message['role'] == 'system' %}
{{ '<|system|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'user' %}
{{ '<|user|>\n' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>\n'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}""",
}
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "What it's like outside: \"now\" & <soon>",
        "parameters": {"type": "object", "properties": {"town": {"type": "string", "enum": ["Ulm", "Gößnitz"]},
                                                          "days": {"type": "integer", "minimum": 1, "maximum": 2.5}},
                       "required": ["town"], "additionalProperties": False},
        "return": None,
    },
}
CLOCK = {"type": "function", "function": {"name": "clock", "parameters": {}}}
QUESTION = {"role": "user", "content": " Umbrella in Gößnitz? "}


def call(name, arguments, id):
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


ROWS = {
    "a question": {"messages": [QUESTION]},
    "rules and two turns": {"messages": [
        {"role": "system", "content": " Be brief. "}, QUESTION,
        {"role": "assistant", "content": "<think>\nRain?\n</think>\n\nYes, 'take' one ☂.\n"},
        {"role": "user", "content": "<tool_response>no</tool_response>"}]},
    "thoughts kept": {"messages": [QUESTION, {"role": "assistant", "content": "Yes.", "reasoning_content": "\nIt rains.\n"}]},
    "thoughts under another name": {"messages": [QUESTION, {"role": "assistant", "content": "Yes.", "reasoning": "It rains."}]},
    "thoughts off": {"messages": [QUESTION], "chat_template_kwargs": {"enable_thinking": False}},
    "tools": {"messages": [{"role": "system", "content": "Call first."}, QUESTION], "tools": [WEATHER, CLOCK]},
    "tools before the user": {"messages": [QUESTION], "tools": [WEATHER],
                              "chat_template_kwargs": {"tools_in_user_message": False, "date_string": "1 May 2025"}},
    "a call and its answer": {"messages": [
        QUESTION,
        {"role": "assistant", "content": None,
         "tool_calls": [call("weather", {"town": "Gößnitz", "days": 1, "exact": 0.5, "note": None}, "abcdefgh1")]},
        {"role": "tool", "content": "{\"sky\": \"grey\"}", "tool_call_id": "abcdefgh1", "name": "weather"},
        {"role": "assistant", "content": "Yes."}, {"role": "user", "content": "Thanks"}], "tools": [WEATHER]},
    "two calls at once": {"messages": [
        QUESTION,
        {"role": "assistant", "content": "Let me see.",
         "tool_calls": [call("weather", {"town": "Ulm"}, "abcdefgh1"), call("clock", {}, "abcdefgh2")]},
        {"role": "tool", "content": "grey", "tool_call_id": "abcdefgh1"},
        {"role": "tool", "content": "noon", "tool_call_id": "abcdefgh2"}], "tools": [WEATHER, CLOCK]},
    "a short id": {"messages": [QUESTION, {"role": "assistant", "content": "", "tool_calls": [call("clock", {}, "1")]}]},
    "turns out of order": {"messages": [QUESTION, QUESTION]},
}


def styled(tokenizer, template, row, prompt):
    try:
        return {"text": tokenizer.apply_chat_template(
            row["messages"], chat_template=template, tools=row.get("tools"), tokenize=False,
            add_generation_prompt=prompt, **row.get("chat_template_kwargs", {}))}
    except Exception as error:  # noqa: BLE001
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(FILE.parent / "tokenizer.json"), bos_token="<s>", eos_token="</s>")
    renderings = [{"template": template, "row": row, "add_generation_prompt": prompt,
                   **styled(tokenizer, STYLES[template], ROWS[row], prompt)}
                  for template in STYLES for row in ROWS for prompt in (False, True)]
    FILE.with_name("chat-template-styles.json").write_text(
        json.dumps({"templates": STYLES, "rows": ROWS, "renderings": renderings}, ensure_ascii=False, indent=1) + "\n")


main()
