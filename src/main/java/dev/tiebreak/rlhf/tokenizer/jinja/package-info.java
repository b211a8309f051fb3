/// The part of Jinja that chat templates use, interpreted in Java. Templates come with downloaded models and are
/// hostile until shown otherwise: they reach nothing but the values handed in, and run on a budget.
@NullMarked
package dev.tiebreak.rlhf.tokenizer.jinja;

import org.jspecify.annotations.NullMarked;
