/// Losses as pure functions of scores and log-probabilities, with their derivatives, in double precision.
///
/// They see no tensors: the trainer hands over a few numbers per sequence and sends the derivatives back into the
/// model. So each is checked to the digit against published numbers and finite differences.
@NullMarked
package dev.tiebreak.rlhf.loss;

import org.jspecify.annotations.NullMarked;
