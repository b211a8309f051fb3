package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.assignment.JudgedElsewhere;
import dev.tiebreak.studio.assignment.Purpose;
import dev.tiebreak.studio.dataset.ComparisonId;
import dev.tiebreak.studio.dataset.ImportedVote;
import dev.tiebreak.studio.dataset.ImportedVotes;
import dev.tiebreak.studio.dataset.ProjectId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Votes that came with a file become judgments like any other, and count towards the overlap.
@Component
class VotesFromImports implements ImportedVotes, JudgedElsewhere {
    private static final int MOST_IDS = 500; // a statement's parameters are limited

    private final JudgmentLog log;
    private final JdbcClient database;
    private final InstantSource clock;

    VotesFromImports(JudgmentLog log, JdbcClient database, InstantSource clock) {
        this.log = log;
        this.database = database;
        this.clock = clock;
    }

    @Override
    @Transactional
    public int record(ProjectId project, Collection<ImportedVote> votes) {
        Map<UUID, ImportedVote> distinct = new LinkedHashMap<>();
        votes.forEach(vote -> distinct.putIfAbsent(vote.id(), vote));
        distinct.keySet().removeAll(known(distinct.keySet()));
        log.append(
                distinct.values().stream().map(vote -> judgment(project, vote)).toList());
        return distinct.size();
    }

    private Judgment judgment(ProjectId project, ImportedVote vote) {
        return new Judgment(
                new JudgmentId(vote.id()),
                project,
                vote.comparison(),
                vote.annotator(),
                vote.verdict(),
                vote.strength(),
                vote.left(),
                Optional.empty(),
                vote.activeTime(),
                vote.at().orElseGet(clock::instant),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                vote.origin(),
                Purpose.REGULAR);
    }

    private Set<UUID> known(Collection<UUID> ids) {
        Set<UUID> known = new HashSet<>();
        List<UUID> all = new ArrayList<>(ids);
        for (int from = 0; from < all.size(); from += MOST_IDS) {
            known.addAll(database.sql("select id from judgment where id in (:ids)")
                    .param("ids", all.subList(from, Math.min(all.size(), from + MOST_IDS)))
                    .query(UUID.class)
                    .list());
        }
        return known;
    }

    @Override
    @Transactional(readOnly = true)
    public Map<ComparisonId, Integer> annotatorsPerComparison(ProjectId project) {
        Map<ComparisonId, Integer> counts = new HashMap<>();
        database.sql("""
                        select comparison_id, count(distinct annotator_id) as annotators from judgment
                        where project_id = ? and origin <> 'board' group by comparison_id
                        """).param(project.value()).query(row -> {
            counts.put(new ComparisonId(row.getObject("comparison_id", UUID.class)), row.getInt("annotators"));
        });
        return counts;
    }
}
