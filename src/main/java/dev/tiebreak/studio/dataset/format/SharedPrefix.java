package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.Turn;
import java.util.List;

/// What two completions begin with alike is their prompt, as in TRL's `extract_prompt`.
final class SharedPrefix {

    private SharedPrefix() {}

    /// A space at the end of the shared part belongs to the completions; neither is left empty.
    static int characters(String chosen, String rejected) {
        int last = Math.min(chosen.length(), rejected.length()) - 1;
        int shared = 0;
        while (shared < last && chosen.charAt(shared) == rejected.charAt(shared)) {
            shared++;
        }
        if (shared > 0 && chosen.charAt(shared - 1) == ' ') {
            shared--;
        }
        return shared > 0 && Character.isHighSurrogate(chosen.charAt(shared - 1)) ? shared - 1 : shared;
    }

    /// Each side keeps at least one turn.
    static int turns(List<Turn> chosen, List<Turn> rejected) {
        int last = Math.min(chosen.size(), rejected.size()) - 1;
        int shared = 0;
        while (shared < last && chosen.get(shared).equals(rejected.get(shared))) {
            shared++;
        }
        return shared;
    }
}
