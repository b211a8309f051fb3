package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.dataset.format.Row.Candidate;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.PairVote;
import dev.tiebreak.studio.dataset.format.Row.RowVote;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/// The formats with named columns: LLMFAO's votes, and any CSV whose columns are called ours or mapped to ours
/// (`prompt`, `chosen` and `rejected`, or `completion_a` and `completion_b` with `winner`; `annotator`, `source_a`,
/// `source_b`).
final class CsvRows {

    private CsvRows() {}

    static Row row(ImportFormat format, CSVRecord record, Map<String, String> columns) {
        if (!record.isConsistent()) {
            throw new BadRowException(
                    "",
                    "has " + record.size() + " cells, the heading has "
                            + record.getParser().getHeaderNames().size());
        }
        Cells cells = new Cells(record, columns);
        return format == ImportFormat.LLMFAO_VOTES ? llmfaoVote(cells) : pair(cells);
    }

    private static Row llmfaoVote(Cells cells) {
        String winner = cells.text("winner");
        return switch (winner) {
            // left is the pair's first result: the file has one orientation for every pair
            case "left" -> new PairVote(cells.name("id"), cells.name("worker"), Verdict.PREFERENCE, 2);
            case "right" -> new PairVote(cells.name("id"), cells.name("worker"), Verdict.PREFERENCE, -2);
            case "tie" -> new PairVote(cells.name("id"), cells.name("worker"), Verdict.TIE, 0);
            default ->
                throw new BadRowException("winner", "is '" + Texts.shortened(winner) + "'; known are left, right, tie");
        };
    }

    private static Row pair(Cells cells) {
        List<Turn> prompt = List.of(Turn.user(cells.filled("prompt")));
        if (cells.has("chosen")) {
            return JsonRows.labelled(prompt, cells.filled("chosen"), cells.filled("rejected"), 2);
        }
        List<Candidate> completions = List.of(
                new Candidate(Optional.empty(), cells.optional("source_a"), cells.filled("completion_a")),
                new Candidate(Optional.empty(), cells.optional("source_b"), cells.filled("completion_b")));
        return new Candidates(Optional.empty(), prompt, completions, vote(cells));
    }

    private static Optional<RowVote> vote(Cells cells) {
        if (cells.optional("winner").isEmpty()) {
            return Optional.empty();
        }
        String annotator = cells.optional("annotator").orElse(JsonRows.LABEL);
        String winner = cells.text("winner");
        return Optional.of(
                switch (winner) {
                    case "a", "A", "left", "completion_a" -> new RowVote(annotator, Verdict.PREFERENCE, 2);
                    case "b", "B", "right", "completion_b" -> new RowVote(annotator, Verdict.PREFERENCE, -2);
                    case "tie" -> new RowVote(annotator, Verdict.TIE, 0);
                    case "both_bad" -> new RowVote(annotator, Verdict.BOTH_BAD, 0);
                    default ->
                        throw new BadRowException(
                                "winner", "is '" + Texts.shortened(winner) + "'; known are a, b, tie, both_bad");
                });
    }

    private record Cells(CSVRecord record, Map<String, String> columns) {
        private String column(String ours) {
            return columns.getOrDefault(ours, ours);
        }

        boolean has(String ours) {
            return record.isMapped(column(ours));
        }

        String text(String ours) {
            if (!record.isMapped(column(ours))) {
                throw new BadRowException(
                        column(ours),
                        "is no column of this file; it has "
                                + String.join(", ", record.getParser().getHeaderNames()));
            }
            return Texts.checked(column(ours), record.get(column(ours)));
        }

        String filled(String ours) {
            String text = text(ours);
            if (text.isBlank()) {
                throw new BadRowException(column(ours), "is empty");
            }
            return text;
        }

        String name(String ours) {
            return Texts.name(column(ours), text(ours));
        }

        Optional<String> optional(String ours) {
            return has(ours)
                    ? Optional.of(text(ours))
                            .filter(text -> !text.isBlank())
                            .map(text -> Texts.name(column(ours), text))
                    : Optional.empty();
        }
    }
}
