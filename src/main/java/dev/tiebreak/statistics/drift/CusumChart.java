package dev.tiebreak.statistics.drift;

import java.util.OptionalInt;

/// Tabular cumulative sums (Page 1954; Montgomery, *Introduction to Statistical Quality Control*, eq. 9.2 and
/// 9.3): small lasting shifts add up, which single values would hide.
///
/// `C⁺_i = max(0, x_i − (target + K) + C⁺_{i−1})`, `C⁻_i = max(0, (target − K) − x_i + C⁻_{i−1})`, both 0
/// before the first value. A sum above H is an alarm. K is half the shift worth finding; with K = ½ and H = 5
/// standard deviations a steady process waits 465 values for a false alarm, and a shift of one standard
/// deviation 10.4 values to be found. The sums go on after an alarm: whoever acts on it starts a new chart.
///
/// @param target the mean while nothing is wrong, in units of the values
/// @param slack K, 0 or more, in units of the values
/// @param limit H, above 0, in units of the values
public record CusumChart(double target, double slack, double limit) {

    public CusumChart {
        if (!Double.isFinite(target) || !(slack >= 0) || !(limit > 0)) {
            throw new IllegalArgumentException("no chart has target " + target + ", K " + slack + " and H " + limit);
        }
    }

    /// The chart for values of this standard deviation, with K and H counted in it.
    public static CusumChart ofDeviations(double target, double sigma, double slack, double limit) {
        return new CusumChart(target, slack * sigma, limit * sigma);
    }

    /// @param above `C⁺`, one a value
    /// @param below `C⁻`, one a value
    /// @param firstAlarm number of the first value, from 1, with a sum above H; empty while there is none
    public record Sums(double[] above, double[] below, OptionalInt firstAlarm) {
        /// From 1, the last value at which the sum that gave the alarm was 0, and so the last before the
        /// change: Montgomery's estimate of when it began. 0 where it began with the first value, empty without
        /// an alarm.
        public OptionalInt lastBeforeChange() {
            if (firstAlarm.isEmpty()) {
                return OptionalInt.empty();
            }
            int alarm = firstAlarm.getAsInt() - 1;
            double[] sums = above[alarm] >= below[alarm] ? above : below;
            int last = alarm;
            while (last >= 0 && sums[last] > 0) {
                last--;
            }
            return OptionalInt.of(last + 1);
        }
    }

    /// @param values in time order, all finite
    public Sums of(double... values) {
        double[] above = new double[values.length];
        double[] below = new double[values.length];
        OptionalInt firstAlarm = OptionalInt.empty();
        double up = 0;
        double down = 0;
        for (int i = 0; i < values.length; i++) {
            double value = Values.finite(values[i], i);
            up = Math.max(0, value - (target + slack) + up);
            down = Math.max(0, target - slack - value + down);
            above[i] = up;
            below[i] = down;
            if (firstAlarm.isEmpty() && Math.max(up, down) > limit) {
                firstAlarm = OptionalInt.of(i + 1);
            }
        }
        return new Sums(above, below, firstAlarm);
    }
}
