package dev.tiebreak.studio.dataset.format;

import dev.tiebreak.studio.dataset.CsvColumn;
import dev.tiebreak.studio.dataset.ImportFailedException;
import dev.tiebreak.studio.dataset.ImportFormat;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.Turn;
import dev.tiebreak.studio.dataset.Verdict;
import dev.tiebreak.studio.dataset.format.Row.Candidate;
import dev.tiebreak.studio.dataset.format.Row.Candidates;
import dev.tiebreak.studio.dataset.format.Row.PairVote;
import dev.tiebreak.studio.dataset.format.Row.RowVote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/// The formats with named columns: LLMFAO's votes, and any CSV whose columns are called ours or mapped to ours.
final class CsvRows {

    private CsvRows() {}

    /// A heading that lacks a column is one problem, not one for every row.
    ///
    /// @throws ImportFailedException naming the first column that is not there
    static void requireColumns(ImportFile file, List<String> heading) {
        for (String wanted : wanted(file, heading)) {
            int times = Collections.frequency(heading, wanted);
            if (times > 1) {
                throw new ImportFailedException(file.name() + ":1 has " + times + " columns '" + wanted + "'");
            }
            if (times == 0) {
                throw new ImportFailedException(file.name() + ":1 has no column '" + wanted + "'; its columns are "
                        + String.join(", ", heading) + ". "
                        + (file.format() == ImportFormat.CSV
                                ? "Say which column stands for '" + wanted + "'."
                                : "A file of this format needs it."));
            }
        }
    }

    private static List<String> wanted(ImportFile file, List<String> heading) {
        if (file.format() == ImportFormat.LLMFAO_VOTES) {
            return List.of("id", "worker", "winner");
        }
        List<String> wanted = new ArrayList<>(file.columns().values());
        wanted.add(name(file, CsvColumn.PROMPT));
        boolean labelled =
                heading.contains(name(file, CsvColumn.CHOSEN)) || !heading.contains(name(file, CsvColumn.COMPLETION_A));
        wanted.add(name(file, labelled ? CsvColumn.CHOSEN : CsvColumn.COMPLETION_A));
        wanted.add(name(file, labelled ? CsvColumn.REJECTED : CsvColumn.COMPLETION_B));
        return wanted;
    }

    private static String name(ImportFile file, CsvColumn ours) {
        return file.columns().getOrDefault(ours, ours.columnName());
    }

    static Row row(ImportFile file, CSVRecord record) {
        if (!record.isConsistent()) {
            int wanted = record.getParser().getHeaderNames().size();
            throw new BadRowException(
                    "",
                    "has " + record.size() + (record.size() == 1 ? " cell" : " cells") + ", the heading has " + wanted);
        }
        return file.format() == ImportFormat.LLMFAO_VOTES
                ? llmfaoVote(new Cells(record, Map.of()))
                : pair(new Cells(record, file.columns()));
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
            String chosen = cells.filled("chosen");
            String rejected = cells.filled("rejected");
            if (chosen.equals(rejected)) {
                throw new BadRowException(cells.column("rejected"), "is the same as '" + cells.column("chosen") + "'");
            }
            return JsonRows.labelled(prompt, chosen, rejected, 2);
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

    private record Cells(CSVRecord record, Map<CsvColumn, String> columns) {
        String column(String ours) {
            return CsvColumn.named(ours).map(columns::get).orElse(ours);
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
