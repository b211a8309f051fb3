package dev.tiebreak.statistics.reliability;

/// Expectation maximisation until the objective (log-likelihood and log-prior) stands still.
///
/// @param mostSteps after which it stops in any case
/// @param tolerance change of the objective, relative to its size, at which it has converged
public record Em(int mostSteps, double tolerance) {
    /// 1,000 steps, 10⁻¹⁰.
    public static final Em DEFAULT = new Em(1_000, 1e-10);

    public Em {
        if (mostSteps < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "EM takes a step or more and a tolerance of 0 or more, got " + mostSteps + " and " + tolerance);
        }
    }

    /// Where EM ended.
    ///
    /// @param objective log-likelihood and log-prior
    record End(double objective, int steps, boolean converged) {}

    /// Goes on from the parameters of the model. The posteriors in the pass are those under the model's last
    /// ones.
    End run(AnnotatorModel model, ExpectationPass pass) {
        pass.under(model);
        double last = pass.logLikelihood() + model.logPrior();
        for (int step = 1; step <= mostSteps; step++) {
            model.maximise(pass.counts(), pass.truths());
            pass.under(model);
            double now = pass.logLikelihood() + model.logPrior();
            if (Math.abs(now - last) <= tolerance * Math.abs(now)) {
                return new End(now, step, true);
            }
            last = now;
        }
        return new End(last, mostSteps, false);
    }
}
