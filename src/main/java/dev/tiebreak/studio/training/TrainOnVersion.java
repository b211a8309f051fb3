package dev.tiebreak.studio.training;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.preference.DatasetVersionAction;
import dev.tiebreak.studio.preference.DatasetVersionId;
import java.util.Set;
import org.springframework.stereotype.Component;

/// The button "Train" beside every dataset version.
@Component
class TrainOnVersion implements DatasetVersionAction {

    @Override
    public String label() {
        return "Train";
    }

    @Override
    public String path(DatasetVersionId version) {
        return "training/new/" + version.value();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.ML_ENGINEER, Role.ADMINISTRATOR);
    }
}
