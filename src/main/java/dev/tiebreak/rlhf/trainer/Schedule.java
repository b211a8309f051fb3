package dev.tiebreak.rlhf.trainer;

/// The learning rate over a run, as transformers computes it: it rises linearly during the warm-up, then falls to 0
/// on a line or a half cosine, or stays.
record Schedule(String type, double peak, int warmup, int total) {

    static Schedule of(TrainingSettings settings, int total) {
        int warmup = (int) Math.ceil(settings.warmupRatio() * total);
        return new Schedule(settings.schedule(), settings.learningRate(), warmup, total);
    }

    /// @param step counts from 0
    double at(int step) {
        if (step < warmup) {
            return peak * step / Math.max(1, warmup);
        }
        double left = Math.max(0, (double) (total - step) / Math.max(1, total - warmup));
        return switch (type) {
            case "constant" -> peak;
            case "cosine" -> peak * 0.5 * (1 + Math.cos(Math.PI * (1 - left)));
            default -> peak * left;
        };
    }
}
