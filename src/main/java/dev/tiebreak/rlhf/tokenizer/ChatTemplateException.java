package dev.tiebreak.rlhf.tokenizer;

import dev.tiebreak.rlhf.WrongInputException;

/// A chat template is broken, uses a construct we do not support, or refuses a conversation by `raise_exception`.
public final class ChatTemplateException extends WrongInputException {
    public ChatTemplateException(String message) {
        super(message);
    }

    public ChatTemplateException(String message, Throwable cause) {
        super(message, cause);
    }
}
