package dev.tiebreak.statistics.ranking;

import dev.tiebreak.statistics.numeric.Logistic;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// How a difference of scores becomes the probability of a win.
public enum Link {
    /// Bradley–Terry: `1 / (1 + e^−x)`.
    LOGIT {
        @Override
        Moments afterWin(double mean, double variance) {
            double deviation = Math.sqrt(variance);
            double step = Math.min(deviation / 3, 0.5); // errors of the trapezoid rule are then below 1e-16
            double from = mean - REACH * deviation;
            long steps =
                    Math.round((variance + 2 * REACH * deviation) / step); // a win moves it by less than a variance
            double largest = Math.max(logJoint(mean, mean, variance), logJoint(mean + variance, mean, variance));
            double mass = 0;
            double first = 0;
            double second = 0;
            for (long i = 0; i <= steps; i++) {
                double x = from + i * step;
                double density = Math.exp(logJoint(x, mean, variance) - largest);
                mass += density;
                first += density * (x - mean);
                second += density * (x - mean) * (x - mean);
            }
            double shift = first / mass;
            return new Moments(mean + shift, second / mass - shift * shift);
        }

        private static double logJoint(double x, double mean, double variance) {
            return Logistic.log(x) - (x - mean) * (x - mean) / (2 * variance);
        }
    },

    /// The logistic function as a mixture of five normal distribution functions, with a tail of its own, as
    /// choix and GPML (`likLogistic.m`, Rasmussen & Nickisch 2010) have it: posterior means differ from the
    /// exact [#LOGIT]'s by about a thousandth. For comparing with them.
    LOGIT_MIXTURE {
        private static final double[] SLOPES = {0.44, 0.41, 0.40, 0.39, 0.36}; // times √2
        private static final double[] SHARES = {
            1.146480988574439e02,
            -1.508871030070582e03,
            2.676085036831241e03,
            -1.356294962039222e03,
            7.543285642111850e01
        };

        @Override
        Moments afterWin(double mean, double variance) {
            double tail = 1 / (1 + Math.exp(-10 * (Math.abs(mean) - 0.98 * variance - 4)));
            double slope = tail * (mean > 0 ? 0 : 1);
            double curvature = 0;
            if (tail < 1) {
                Slopes mixture = mixture(mean, variance);
                slope += (1 - tail) * mixture.first;
                curvature = (1 - tail) * mixture.second;
            }
            return new Moments(mean + variance * slope, variance + variance * variance * curvature);
        }

        private static Slopes mixture(double mean, double variance) {
            double sum = 0;
            double first = 0;
            double second = 0;
            for (int i = 0; i < SLOPES.length; i++) {
                double slope = Math.sqrt(2) * SLOPES[i];
                Slopes normal = Slopes.ofNormal(slope * mean, slope * slope * variance);
                double share = SHARES[i] * STANDARD.cumulativeProbability(normal.z);
                sum += share;
                first += share * slope * normal.first;
                second += share * slope * slope * (normal.first * normal.first + normal.second);
            }
            return new Slopes(0, first / sum, second / sum - first / sum * first / sum);
        }
    },

    /// Thurstone's case V: the standard normal distribution function.
    PROBIT {
        @Override
        Moments afterWin(double mean, double variance) {
            Slopes slopes = Slopes.ofNormal(mean, variance);
            return new Moments(mean + variance * slopes.first, variance + variance * variance * slopes.second);
        }
    };

    private static final double REACH = 10;
    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    record Moments(double mean, double variance) {}

    /// First and second derivative of the log-probability of a win by the mean of the difference.
    private record Slopes(double z, double first, double second) {
        static Slopes ofNormal(double mean, double variance) {
            double scale = Math.sqrt(1 + variance);
            double z = mean / scale;
            double hazard = hazard(z);
            return new Slopes(z, hazard / scale, -hazard * (z + hazard) / (1 + variance));
        }

        /// `φ(z) / Φ(z)`.
        private static double hazard(double z) {
            return z < -30 // both are too small: the first terms of Mills' ratio
                    ? -z - 1 / z + 2 / (z * z * z)
                    : STANDARD.density(z) / STANDARD.cumulativeProbability(z);
        }
    }

    /// Mean and variance of a normal difference of scores, once a win is known.
    abstract Moments afterWin(double mean, double variance);
}
