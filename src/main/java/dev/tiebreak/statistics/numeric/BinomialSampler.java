package dev.tiebreak.statistics.numeric;

import org.apache.commons.rng.UniformRandomProvider;

/// Exact draws from Binomial(n, p): inversion where n·p is small, else Hörmann's transformed rejection
/// (BTRS, "The generation of binomial random variates", J. Stat. Comput. Simul. 46, 1993).
///
/// Commons RNG has no binomial sampler, and inverting the distribution function of Commons Statistics is a hundred
/// times slower.
public final class BinomialSampler {
    /// Below this mean, inversion takes fewer steps than rejection, whose hat also needs it.
    private static final double SMALL_MEAN = 10;

    private BinomialSampler() {}

    /// @param p between 0 and 1
    public static long sample(UniformRandomProvider random, long n, double p) {
        if (p > 0.5) {
            return n - sample(random, n, 1 - p);
        }
        if (n == 0 || p <= 0) {
            return 0;
        }
        return n * p < SMALL_MEAN ? byInversion(random, n, p) : byRejection(random, n, p);
    }

    private static long byInversion(UniformRandomProvider random, long n, double p) {
        double odds = p / (1 - p);
        double atZero = Math.exp(n * Math.log1p(-p));
        while (true) {
            double left = random.nextDouble();
            double probability = atZero;
            for (long k = 0; k <= n; k++) {
                if (left < probability) {
                    return k;
                }
                left -= probability;
                probability *= odds * (n - k) / (k + 1);
            }
        } // rounding left a sliver beyond n: draw again
    }

    private static long byRejection(UniformRandomProvider random, long n, double p) {
        double odds = p / (1 - p);
        double deviation = Math.sqrt(n * p * (1 - p));
        double b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p;
        double centre = n * p + 0.5;
        double alpha = (2.83 + 5.1 / b) * deviation;
        double squeeze = 0.92 - 4.2 / b;
        long mode = (long) Math.floor((n + 1) * p);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = 1 - random.nextDouble(); // never 0: its logarithm is taken
            double us = 0.5 - Math.abs(u);
            long k = (long) Math.floor((2 * a / us + b) * u + centre);
            if (us >= 0.07 && v <= squeeze) {
                return k;
            }
            if (k >= 0 && k <= n && Math.log(v * alpha / (a / (us * us) + b)) <= logRatio(n, k, mode, odds)) {
                return k;
            }
        }
    }

    /// `log(P(k) / P(mode))`, Stirling's series for the factorials.
    private static double logRatio(long n, long k, long mode, double odds) {
        return (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1)))
                + (n + 1) * Math.log((double) (n - mode + 1) / (n - k + 1))
                + (k + 0.5) * Math.log(odds * (n - k + 1) / (k + 1))
                + stirlingTail(mode)
                + stirlingTail(n - mode)
                - stirlingTail(k)
                - stirlingTail(n - k);
    }

    private static final double[] TAILS = { // k = 0…9
        0.08106146679532726,
        0.04134069595540929,
        0.02767792568499834,
        0.02079067210376509,
        0.01664469118982119,
        0.01387612882307075,
        0.01189670994589177,
        0.01041126526197209,
        0.009255462182712733,
        0.008330563433362871,
    };

    /// `log k! − (½ log 2π + (k + ½) log(k + 1) − (k + 1))`.
    private static double stirlingTail(long k) {
        if (k < TAILS.length) {
            return TAILS[(int) k];
        }
        double inverse = 1.0 / (k + 1);
        double square = inverse * inverse;
        return (1.0 / 12 - (1.0 / 360 - square / 1260) * square) * inverse;
    }
}
