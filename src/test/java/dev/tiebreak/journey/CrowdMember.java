package dev.tiebreak.journey;

import dev.tiebreak.studio.dataset.ProjectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One annotator who judges, passes on and takes back, and who sends again what was not answered, as the board does.
final class CrowdMember {
    private static final int AHEAD = 4;

    private final ProjectId project;
    private final String name;
    private final Random random;
    private final Collection<String> acknowledged;
    private final Map<String, Map<String, Object>> unanswered = new HashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private @Nullable BoardClient client;

    /// @param acknowledged where ids go of what the server said it has; safe for many threads
    CrowdMember(ProjectId project, String name, int seed, Collection<String> acknowledged) {
        this.project = project;
        this.name = name;
        this.random = new Random(seed);
        this.acknowledged = acknowledged;
    }

    /// Until there is nothing to judge; a server that is gone is waited for.
    ///
    /// @return how many comparisons there were
    int work(Supplier<String> address) throws Exception {
        int judged = 0;
        while (true) {
            try {
                BoardClient board = client(address.get());
                send(board, List.copyOf(unanswered.values()));
                List<JsonNode> leases = new ArrayList<>();
                board.lease(AHEAD, List.of()).forEach(leases::add);
                if (leases.isEmpty()) {
                    return judged;
                }
                for (JsonNode lease : leases) {
                    judge(board, lease);
                    judged++;
                }
            } catch (IOException gone) {
                client = null; // sessions ended with the server
                Thread.sleep(50 + random.nextInt(100));
            }
        }
    }

    List<String> refusals() {
        return refusals;
    }

    private BoardClient client(String address) throws Exception {
        BoardClient known = client;
        if (known == null) {
            known = BoardClient.signIn(address, project, name, Crowd.PASSWORD);
            client = known;
        }
        return known;
    }

    private void judge(BoardClient board, JsonNode lease) throws Exception {
        int chance = random.nextInt(40);
        String choice = chance == 0 ? "skip" : Integer.toString(1 + random.nextInt(7));
        Map<String, Object> judgment = BoardClient.judgment(lease, choice);
        send(board, List.of(judgment));
        if (chance == 1) {
            String undo = UUID.randomUUID().toString();
            JsonNode result = send(board, List.of(Map.of("id", undo, "undo", judgment.get("id"))))
                    .get(0);
            if (!result.get("lease").isNull()) {
                send(board, List.of(BoardClient.judgment(result.get("lease"), "4")));
            }
        }
    }

    private JsonNode send(BoardClient board, List<Map<String, Object>> entries) throws Exception {
        entries.forEach(entry -> unanswered.put(String.valueOf(entry.get("id")), entry));
        JsonNode results = board.judge(entries);
        for (JsonNode result : results) {
            String id = result.get("id").asString();
            unanswered.remove(id);
            if (result.get("status").asString().equals("refused")) {
                refusals.add(name + ": " + result.get("message").asString());
            } else {
                acknowledged.add(id);
            }
        }
        return results;
    }
}
