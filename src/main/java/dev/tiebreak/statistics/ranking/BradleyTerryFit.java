package dev.tiebreak.statistics.ranking;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A fitted [BradleyTerry] model.
public final class BradleyTerryFit implements Ranking {
    /// Beyond this, the matrix of covariances takes more memory and time than a screen may.
    public static final int MOST_ITEMS_WITH_ERRORS = 5_000;

    /// Fewer clusters say too little about how much they differ.
    static final int FEWEST_CLUSTERS = 10;

    private final BradleyTerry model;
    private final Likelihood likelihood;
    private final double[] parameters;
    private final List<String> effectNames;
    private final Connectivity connectivity;

    BradleyTerryFit(
            BradleyTerry model,
            Likelihood likelihood,
            double[] parameters,
            List<String> effectNames,
            Connectivity connectivity) {
        this.model = model;
        this.likelihood = likelihood;
        this.parameters = parameters;
        this.effectNames = List.copyOf(effectNames);
        this.connectivity = connectivity;
    }

    public BradleyTerry model() {
        return model;
    }

    public Connectivity connectivity() {
        return connectivity;
    }

    /// What a person should know beside the numbers, such as items that only the prior places; often empty.
    public List<String> warnings() {
        return model.warnings(connectivity);
    }

    public int items() {
        return likelihood.groups.items;
    }

    public Strengths strengths() {
        return new Strengths(Arrays.copyOf(parameters, items()));
    }

    public List<String> effectNames() {
        return effectNames;
    }

    /// Effects in log odds in favour of the left item, in the order of [#effectNames].
    public double[] effects() {
        return Arrays.copyOfRange(parameters, items(), items() + effectNames.size());
    }

    /// Davidson's ν or Rao and Kupper's θ; absent for half wins. Without ties in the data, ν is 0 and θ is 1.
    public OptionalDouble tieParameter() {
        return model.ties().hasParameter()
                ? OptionalDouble.of(Math.exp(likelihood.eta(parameters)))
                : OptionalDouble.empty();
    }

    /// In nats, without the prior. For half wins, each half counts as half a comparison.
    public double logLikelihood() {
        return likelihood.logLikelihood(parameters);
    }

    /// Twice what the log likelihood falls short of a model with probabilities of its own for each pair (for each row,
    /// where the model was fitted to rows), as R's BradleyTerry2 has it.
    public double deviance() {
        return Math.max(0, 2 * (likelihood.saturatedLogLikelihood() - logLikelihood()));
    }

    /// Free parameters: strengths but one, effects, and the tie parameter.
    public int degreesOfFreedom() {
        return likelihood.parameters - 1;
    }

    /// Akaike's criterion; comparable between Davidson and Rao-Kupper, not with half wins, which give ties no
    /// probability.
    public double aic() {
        return 2 * (degreesOfFreedom() - logLikelihood());
    }

    /// Covariances of the default kind: clustered by annotator where every row says who judged and there are enough of
    /// them, else of the model (of the posterior, with a prior). Empty beyond [#MOST_ITEMS_WITH_ERRORS] items.
    public Optional<Covariance> covariance() {
        return annotators() >= FEWEST_CLUSTERS ? covariance(Errors.BY_ANNOTATOR) : covariance(Errors.MODEL);
    }

    /// Empty beyond [#MOST_ITEMS_WITH_ERRORS] items, and where annotators are asked for that are not known.
    public Optional<Covariance> covariance(Errors errors) {
        if (likelihood.parameters > MOST_ITEMS_WITH_ERRORS) {
            return Optional.empty();
        }
        return switch (errors) {
            case MODEL -> Covariance.ofModel(likelihood);
            case ROBUST -> Covariance.robust(likelihood, parameters);
            case BY_ANNOTATOR ->
                annotators() == 0 ? Optional.empty() : Covariance.byAnnotator(likelihood, parameters, annotators());
        };
    }

    /// How many people judged; 0 where a comparison does not say.
    private int annotators() {
        int[] annotator = likelihood.groups.annotator;
        if (annotator == null || Arrays.stream(annotator).anyMatch(one -> one < 0)) {
            return 0;
        }
        return (int) Arrays.stream(annotator).distinct().count();
    }

    Likelihood likelihood() {
        return likelihood;
    }

    double[] parameters() {
        return parameters;
    }
}
