package dev.tiebreak.studio.registry.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.tiebreak.studio.registry.Checkpoint;
import dev.tiebreak.studio.registry.CheckpointId;
import dev.tiebreak.studio.registry.CheckpointKind;
import dev.tiebreak.studio.registry.CheckpointService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which models write and which one scores: at first the newest policy beside its parent, and the newest reward model.
class ModelChoice extends Div {
    private final List<Checkpoint> writers;
    private final Select<Checkpoint> base = select("Base model");
    private final Select<Checkpoint> policy = select("Trained policy");
    private final Select<Checkpoint> rewardModel = select("Reward model");

    ModelChoice(CheckpointService checkpoints) {
        List<Checkpoint> policies = checkpoints.ofKind(CheckpointKind.POLICY);
        List<Checkpoint> bases = checkpoints.ofKind(CheckpointKind.BASE);
        List<Checkpoint> rewardModels = checkpoints.ofKind(CheckpointKind.REWARD_MODEL);
        writers = both(bases, policies);
        offer(base, writers, "");
        offer(policy, both(policies, bases), "none: only one model writes");
        offer(rewardModel, rewardModels, "none: no score");
        policies.stream().findFirst().ifPresent(this::choosePolicy);
        if (base.isEmpty()) {
            writers.stream().findFirst().ifPresent(base::setValue);
        }
        rewardModels.stream().findFirst().ifPresent(rewardModel::setValue);
        addClassName("tb-model-choice");
        add(base, policy, rewardModel);
    }

    private void choosePolicy(Checkpoint chosen) {
        policy.setValue(chosen);
        chosen.parent().flatMap(this::writer).ifPresent(base::setValue);
    }

    /// What the address asks for: a policy stands beside its parent, a base model alone.
    void choose(Optional<CheckpointId> model, Optional<CheckpointId> reward) {
        model.flatMap(this::writer).ifPresent(chosen -> {
            if (chosen.parent().isPresent()) {
                choosePolicy(chosen);
            } else {
                base.setValue(chosen);
                policy.clear();
            }
        });
        reward.flatMap(id -> rewardModel
                        .getListDataView()
                        .getItems()
                        .filter(each -> each.id().equals(id))
                        .findFirst())
                .ifPresent(rewardModel::setValue);
    }

    private Optional<Checkpoint> writer(CheckpointId id) {
        return writers.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    boolean hasWriter() {
        return !writers.isEmpty();
    }

    boolean hasPolicy() {
        return writers.stream().anyMatch(each -> each.kind() == CheckpointKind.POLICY);
    }

    /// One model or two, the base first.
    List<Checkpoint> models() {
        return Stream.of(base.getOptionalValue(), policy.getOptionalValue())
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<Checkpoint> rewardModel() {
        return rewardModel.getOptionalValue();
    }

    private static List<Checkpoint> both(List<Checkpoint> first, List<Checkpoint> then) {
        List<Checkpoint> both = new ArrayList<>(first);
        both.addAll(then);
        return both;
    }

    private static Select<Checkpoint> select(String label) {
        Select<Checkpoint> select = new Select<>();
        select.setLabel(label);
        return select;
    }

    /// Where names are the same, the minute tells them apart.
    private static void offer(Select<Checkpoint> select, List<Checkpoint> items, String none) {
        select.setItemLabelGenerator(each -> {
            if (each == null) {
                return none;
            }
            boolean alone = items.stream()
                            .filter(other -> other.name().equals(each.name()))
                            .count()
                    == 1;
            return alone ? each.name() : each.name() + " · " + CheckpointText.minute(each.createdAt());
        });
        select.setItems(items);
        if (!none.isEmpty()) {
            select.setEmptySelectionCaption(none);
            select.setEmptySelectionAllowed(true);
        }
    }
}
