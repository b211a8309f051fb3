package dev.tiebreak.statistics.ranking;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// Whether a wider model says more than a narrower one that it contains: twice the gain in log likelihood, which is
/// χ² distributed in large samples when it does not (Wilks 1938). It takes comparisons to be independent.
///
/// @param statistic twice the gain, from 0 up
/// @param degreesOfFreedom parameters that the wider model has more
/// @param pValue chance of such a gain when the narrower model holds
public record LikelihoodRatio(double statistic, int degreesOfFreedom, double pValue) {

    /// @param narrow fitted to the same comparisons, with the same tie model and prior
    public static LikelihoodRatio of(BradleyTerryFit narrow, BradleyTerryFit wide) {
        int more = wide.degreesOfFreedom() - narrow.degreesOfFreedom();
        if (more < 1 || !narrow.model().equals(wide.model()) || narrow.items() != wide.items()) {
            throw new IllegalArgumentException("these models are not nested: " + narrow.degreesOfFreedom() + " and "
                    + wide.degreesOfFreedom() + " parameters of " + narrow.model() + " and " + wide.model());
        }
        double statistic = Math.max(0, 2 * (wide.logLikelihood() - narrow.logLikelihood()));
        return new LikelihoodRatio(
                statistic, more, ChiSquaredDistribution.of(more).survivalProbability(statistic));
    }
}
