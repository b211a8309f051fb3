package dev.tiebreak.rlhf.tokenizer.jinja;

/// What a name or attribute that does not exist stands for: empty when printed, false when asked, wrong when used.
record Undefined(String name) {
    JinjaException asError() {
        return JinjaException.because("'" + name + "' is undefined");
    }
}
