package dev.tiebreak.studio.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.tiebreak.statistics.RealData;
import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ImportRequest.ImportFile;
import dev.tiebreak.studio.dataset.ProjectFigures.Counts;
import dev.tiebreak.studio.quality.AgreementReport;
import dev.tiebreak.studio.quality.AgreementService;
import dev.tiebreak.studio.testing.OnH2;
import dev.tiebreak.studio.testing.OnPostgres;
import dev.tiebreak.studio.testing.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;

abstract class ImportTests {
    private static final String PAIR =
            "{\"prompt\":\"prompt %d\",\"chosen\":\"chosen %d\",\"rejected\":\"rejected %d\"}%n";

    @Autowired
    ImportService imports;

    @Autowired
    ImportHistory history;

    @Autowired
    ProjectService projects;

    @Autowired
    ProjectFigures figures;

    @Autowired
    Prompts prompts;

    @Autowired
    Uploads uploads;

    @Autowired
    AgreementService agreement;

    @Autowired
    JdbcClient database;

    @Autowired
    InstantSource clock;

    @Value("${tiebreak.data}")
    Path data;

    @TempDir
    Path folder;

    private Project project() {
        return Roles.as(() -> projects.create(NewProject.named("p" + UUID.randomUUID())), Role.DATA_LEAD);
    }

    private ImportFile file(String name, ImportFormat format, String content) {
        try {
            return new ImportFile(Files.writeString(folder.resolve(name), content), name, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ImportFile trl(String content) {
        return file("pairs.jsonl", ImportFormat.TRL_PREFERENCE, content);
    }

    private ImportFile real(String name, ImportFormat format) {
        Path path = RealData.file(name);
        return new ImportFile(path, path.getFileName().toString(), format);
    }

    private ImportResult importFiles(Project project, boolean goodRowsOnly, ImportFile... files) {
        return importFiles(project, goodRowsOnly, _ -> {}, files);
    }

    private ImportResult importFiles(
            Project project, boolean goodRowsOnly, DoubleConsumer progress, ImportFile... files) {
        ImportRequest request = new ImportRequest(project.id(), List.of(files), goodRowsOnly);
        return Roles.as(() -> imports.importFiles(request, progress), Role.ML_ENGINEER);
    }

    private static String pairs(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < to; i++) {
            rows.append(PAIR.formatted(i, i, i));
        }
        return rows.toString();
    }

    private List<ImportRun> runs(Project project) {
        return Roles.as(() -> history.of(project.id()), Role.DATA_LEAD);
    }

    private List<Prompts.Written> page(Project project, int offset, int limit) {
        return Roles.as(() -> prompts.page(project.id(), offset, limit), Role.DATA_LEAD);
    }

    private void assertEmpty(Project project) {
        assertThat(figures.counts(project.id())).isEqualTo(new Counts(0, 0, 0));
        for (String table : List.of("judgment", "assignment_slot", "imported_annotator", "import_run")) {
            assertThat(database.sql("select count(*) from " + table + " where project_id = ?")
                            .param(project.id().value())
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void llmfaos_pairs_and_votes_give_its_published_agreement() {
        Project project = project();
        ImportFile votes = real("llmfao/crowd-comparisons.csv", ImportFormat.LLMFAO_VOTES);
        ImportFile pairs = real("llmfao/pairs-crowd.jsonl", ImportFormat.LLMFAO_PAIRS);
        List<Double> heard = new ArrayList<>();

        ImportResult result = importFiles(project, false, heard::add, votes, pairs);

        assertThat(result.imported()).isTrue();
        assertThat(result.rowsRead()).isEqualTo(2_139 + 8_931);
        assertThat(result.newComparisons()).isEqualTo(2_139);
        assertThat(result.newVotes()).isEqualTo(8_931);
        assertThat(heard).isSorted().endsWith(1.0);
        AgreementReport report = Roles.as(() -> agreement.of(project.id()), Role.DATA_LEAD);
        // the figures that were computed from the same bytes elsewhere: shared/data/README.md
        assertThat(report.alpha().point().orElseThrow()).isCloseTo(0.29060, within(5e-6));
        assertThat(report.raw().point().orElseThrow()).isCloseTo(0.5322, within(5e-5));
        assertThat(report.annotators()).hasSize(124);
        assertThat(figures.coverage(project.id()).total()).isEqualTo(8_931);
        assertThat(figures.coverage(project.id()).untouched()).isZero();
    }

    @Test
    void hh_rlhf_comes_in_whole_and_a_second_time_adds_nothing() {
        Project project = project();
        ImportFile file = real("hh-rlhf/harmless-base-test.jsonl.gz", ImportFormat.HH_RLHF);

        ImportResult first = importFiles(project, false, file);
        Counts counts = figures.counts(project.id());
        ImportResult second = importFiles(project, false, file);

        assertThat(first.rowsRead()).isEqualTo(2_312);
        assertThat(first.newComparisons()).isEqualTo(2_312);
        assertThat(first.newVotes()).isEqualTo(2_312);
        assertThat(first.nothingNew()).isFalse();
        assertThat(second.rowsRead()).isEqualTo(2_312);
        assertThat(second.nothingNew()).isTrue();
        assertThat(figures.counts(project.id())).isEqualTo(counts);
        assertThat(runs(project))
                .extracting(ImportRun::files, ImportRun::rowsRead, ImportRun::newComparisons, ImportRun::startedBy)
                .containsExactlyInAnyOrder(
                        tuple("harmless-base-test.jsonl.gz", 2_312L, 2_312L, "somebody"),
                        tuple("harmless-base-test.jsonl.gz", 2_312L, 0L, "somebody"));
    }

    @Test
    void sharegpt_rows_of_llama_factory_come_in_and_its_doubles_once() {
        Project project = project();
        ImportResult result =
                importFiles(project, false, real("llama-factory/dpo_en_demo.json", ImportFormat.SHAREGPT_PREFERENCE));
        assertThat(result.rowsRead()).isEqualTo(299);
        assertThat(result.newComparisons()).isEqualTo(294); // five of its rows stand there twice
    }

    @Test
    void one_bad_row_among_many_and_nothing_at_all_is_imported() {
        Project project = project();
        String rows = pairs(0, 900) + "{\"prompt\":\"p\",\"chosen\":\"c\"}\n" + pairs(900, 1000);

        ImportResult result = importFiles(project, false, trl(rows));

        assertThat(result.imported()).isFalse();
        assertThat(result.problems()).containsExactly(new ImportProblem("pairs.jsonl", 901, "rejected", "is missing"));
        assertThat(result.newPrompts() + result.newCompletions() + result.newComparisons() + result.newVotes())
                .isZero();
        assertEmpty(project);
    }

    @Test
    void the_good_rows_come_in_alone_when_that_was_asked_for() throws IOException {
        Project project = project();
        String rows =
                pairs(0, 500) + "{\"prompt\":\"=1+1\",\"chosen\":\"c\",\"rejected\":7}\n" + pairs(500, 501) + "-23\n";

        ImportResult result = importFiles(project, true, trl(rows));

        assertThat(result.imported()).isTrue();
        assertThat(result.rowsRead()).isEqualTo(503);
        assertThat(result.rowsRejected()).isEqualTo(2);
        assertThat(figures.counts(project.id())).isEqualTo(new Counts(501, 1002, 501));
        assertThat(Files.readString(result.rejectList().orElseThrow()))
                .isEqualTo("file,line,column,reason,row\r\n"
                        + "pairs.jsonl,501,rejected,is not of the same kind as 'chosen',"
                        + "\"{\"\"prompt\"\":\"\"=1+1\"\",\"\"chosen\"\":\"\"c\"\",\"\"rejected\"\":7}\"\r\n"
                        + "pairs.jsonl,503,,is not a JSON object,'-23\r\n");
    }

    @Test
    void bad_rows_are_told_in_the_order_of_the_file_whatever_is_wrong_with_them() {
        Project project = project();
        importFiles(
                project,
                false,
                file(
                        "prompts.jsonl",
                        ImportFormat.LLMFAO_PAIRS,
                        "{\"id\":1,\"text\":\"t\",\"model_x\":\"x\",\"result_x\":\"1\",\"model_y\":\"y\",\"result_y\":\"2\"}"));
        ImportFile votes = file("votes.csv", ImportFormat.LLMFAO_VOTES, """
                id,worker,winner
                2,ann,left
                1,ann,up
                1,ann,tie
                3,ann,left
                """);
        ImportFile pairs = file("more.jsonl", ImportFormat.LLMFAO_PAIRS, """
                {"id":7,"text":"t","model_x":"x","result_x":"same","model_y":"x","result_y":"same"}
                nothing
                """);
        ImportResult result = importFiles(project, false, votes, pairs);
        assertThat(result.problems())
                .extracting(ImportProblem::toString)
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("more.jsonl:1 holds the same completion twice"),
                        second -> assertThat(second).startsWith("more.jsonl:2 is not valid JSON"),
                        third -> assertThat(third)
                                .isEqualTo("votes.csv:2 'id' names no pair of this project; import the pairs first"),
                        fourth -> assertThat(fourth)
                                .isEqualTo("votes.csv:3 'winner' is 'up'; known are left, right, tie"),
                        fifth -> assertThat(fifth)
                                .isEqualTo("votes.csv:5 'id' names no pair of this project; import the pairs first"));
    }

    @Test
    void what_belongs_to_a_bad_row_stays_out_too() {
        Project project = project();
        ImportFile pairs = file(
                "pairs.jsonl",
                ImportFormat.LLMFAO_PAIRS,
                "{\"id\":7,\"text\":\"t\",\"model_x\":\"x\",\"result_x\":\"same\",\"model_y\":\"x\",\"result_y\":\"same\"}");
        ImportResult result = importFiles(project, true, pairs);
        assertThat(result.rowsRejected()).isEqualTo(1);
        assertThat(figures.counts(project.id())).isEqualTo(new Counts(0, 0, 0));
    }

    @Test
    void an_id_that_names_two_pairs_is_no_vote_for_either() {
        Project project = project();
        String pair =
                "{\"id\":0,\"text\":\"%s\",\"model_x\":\"x\",\"result_x\":\"1\",\"model_y\":\"y\",\"result_y\":\"2\"}";
        importFiles(project, false, file("one.jsonl", ImportFormat.LLMFAO_PAIRS, pair.formatted("one")));
        importFiles(project, false, file("two.jsonl", ImportFormat.LLMFAO_PAIRS, pair.formatted("two")));
        ImportResult result =
                importFiles(project, false, file("v.csv", ImportFormat.LLMFAO_VOTES, "id,worker,winner\n0,a,tie\n"));
        assertThat(result.problems())
                .containsExactly(new ImportProblem("v.csv", 2, "id", "names 2 pairs of this project"));
    }

    @Test
    void a_prompt_too_long_for_the_database_is_a_bad_row() {
        Project project = project();
        String turn = "{\"role\":\"user\",\"content\":\"" + "x".repeat(600_000) + "\"}";
        String row = "{\"prompt\":[" + turn + "," + turn + "],\"chosen\":[{\"role\":\"assistant\",\"content\":\"c\"}],"
                + "\"rejected\":[{\"role\":\"assistant\",\"content\":\"r\"}]}\n";
        ImportResult result = importFiles(project, false, trl(row));
        assertThat(result.problems())
                .containsExactly(new ImportProblem("pairs.jsonl", 1, "prompt", "is longer than 1,000,000 characters"));
    }

    @Test
    void the_longest_texts_there_may_be_are_kept_to_the_last_character() {
        Project project = project();
        String chosen = "ä".repeat(999_999) + "c";
        ImportResult result = importFiles(
                project,
                false,
                trl("{\"prompt\":\"p\",\"chosen\":\"" + chosen + "\",\"rejected\":\"" + "🙂".repeat(500_000) + "\"}"));
        assertThat(result.imported()).isTrue();
        assertThat(page(project, 0, 10).getFirst().completions())
                .extracting(Completion::text)
                .containsExactlyInAnyOrder(chosen, "🙂".repeat(500_000));
    }

    @Test
    void the_same_pair_the_other_way_round_is_the_same_comparison_and_votes_keep_their_side() {
        Project project = project();
        String heading = "prompt,completion_a,completion_b,winner,annotator\n";
        importFiles(project, false, file("ab.csv", ImportFormat.CSV, heading + "p,one,two,a,ann\n"));
        ImportResult other =
                importFiles(project, false, file("ba.csv", ImportFormat.CSV, heading + "p,two,one,a,bea\n"));
        assertThat(other.newComparisons()).isZero();
        assertThat(other.newVotes()).isEqualTo(1);
        // ann prefers "one", which is a; bea prefers "two", which is not
        assertThat(database.sql("select strength from judgment where project_id = ? order by strength")
                        .param(project.id().value())
                        .query(Integer.class)
                        .list())
                .containsExactly(-2, 2);
        assertThat(figures.coverage(project.id()).byAnnotators()).isEqualTo(new TreeMap<>(Map.of(2, 1L)));
    }

    @Test
    void coverage_counts_what_helps_an_overlap_and_what_is_beyond_it() {
        Project project = project();
        importFiles(project, false, file("votes.csv", ImportFormat.CSV, """
                        prompt,completion_a,completion_b,winner,annotator
                        p1,a,b,a,ann
                        p1,a,b,a,bea
                        p1,a,b,tie,cem
                        p2,a,b,b,ann
                        p3,a,b,,
                        """));
        Coverage coverage = figures.coverage(project.id());
        assertThat(coverage.comparisons()).isEqualTo(3);
        assertThat(coverage.untouched()).isEqualTo(1);
        assertThat(coverage.total()).isEqualTo(4);
        assertThat(coverage.judged(2)).isEqualTo(2 + 1);
        assertThat(coverage.wanted(2)).isEqualTo(6);
        assertThat(coverage.complete(2)).isEqualTo(1);
        assertThat(coverage.complete(1)).isEqualTo(2);
    }

    @Test
    void prompts_are_paged_in_the_order_of_import_with_all_that_was_written_for_them() {
        Project project = project();
        importFiles(project, false, trl(pairs(0, 450)));
        List<Prompts.Written> page = page(project, 420, 20);
        assertThat(page).hasSize(20);
        assertThat(page.getFirst().ordinal()).isEqualTo(420);
        assertThat(page.getFirst().prompt().turns()).containsExactly(Turn.user("prompt 420"));
        assertThat(page.getFirst().completions())
                .extracting(Completion::text)
                .containsExactlyInAnyOrder("chosen 420", "rejected 420");
        assertThat(prompts.count(project.id())).isEqualTo(450);
    }

    @Test
    void a_stopped_import_leaves_nothing() {
        Project project = project();
        DoubleConsumer stop = share -> {
            if (share > 0.5) {
                throw new CancellationException();
            }
        };
        assertThatThrownBy(() -> importFiles(project, false, stop, trl(pairs(0, 3000))))
                .isInstanceOf(CancellationException.class);
        assertEmpty(project);
    }

    @Test
    void a_file_that_breaks_off_leaves_nothing() {
        Project project = project();
        ImportFile broken = file("broken.json", ImportFormat.TRL_PREFERENCE, "[" + pairs(0, 1) + ",{\"prompt\":\"p\"");
        assertThatThrownBy(() -> importFiles(project, true, broken))
                .isInstanceOf(ImportFailedException.class)
                .hasMessageStartingWith("broken.json:2 or after: is not valid JSON");
        assertEmpty(project);
    }

    @Test
    void a_project_made_for_an_import_is_there_only_if_something_was_imported() {
        NewProject wanted = NewProject.named("made " + UUID.randomUUID());
        ImportFile bad = trl(pairs(0, 1) + "{}\n");
        ImportResult none =
                Roles.as(() -> imports.importFiles(wanted, List.of(bad), false, _ -> {}), Role.ADMINISTRATOR);
        assertThat(none.imported()).isFalse();
        assertThat(projects.findByName(wanted.name())).isEmpty();

        ImportResult some =
                Roles.as(() -> imports.importFiles(wanted, List.of(bad), true, _ -> {}), Role.ADMINISTRATOR);
        assertThat(some.newComparisons()).isEqualTo(1);
        assertThat(projects.findByName(wanted.name())).isPresent();
    }

    @Test
    void a_second_import_into_the_same_project_is_told_to_wait() throws Exception {
        Project project = project();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> importFiles(
                    project,
                    false,
                    _ -> {
                        reading.countDown();
                        await(goOn);
                    },
                    trl(pairs(0, 10))));
            await(reading);
            assertThatThrownBy(() -> importFiles(project, false, trl(pairs(0, 10))))
                    .isInstanceOf(ImportFailedException.class)
                    .hasMessage("another import into '" + project.name() + "' is running: wait for its end");
            goOn.countDown();
            assertThat(first.get().newComparisons()).isEqualTo(10);
        }
        assertThat(importFiles(project, false, trl(pairs(0, 10))).nothingNew()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void only_leads_engineers_and_administrators_import_and_make_projects() {
        Project project = project();
        ImportRequest request = new ImportRequest(project.id(), List.of(trl(pairs(0, 1))), false);
        assertThatThrownBy(() -> Roles.as(() -> imports.importFiles(request, _ -> {}), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> imports.importFiles(request, _ -> {}))
                .isInstanceOf(AuthenticationCredentialsNotFoundException.class);
        assertThatThrownBy(() -> Roles.as(() -> projects.create(NewProject.named("no")), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Roles.as(() -> prompts.page(project.id(), 0, 1), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> Roles.as(() -> history.of(project.id()), Role.ANNOTATOR))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void lists_of_bad_rows_and_uploads_go_after_a_day() throws IOException {
        Project project = project();
        Path list = importFiles(project, false, trl("{}\n")).rejectList().orElseThrow();
        Path old = Files.writeString(uploads.place("upload", ""), "left by a crash");
        Files.setLastModifiedTime(old, FileTime.from(clock.instant().minus(Duration.ofHours(25))));

        uploads.deleteOld();

        assertThat(old).doesNotExist();
        assertThat(list).exists().hasParent(data.resolve("uploads"));
    }

    @Test
    void an_import_without_bad_rows_or_that_fails_leaves_no_list() throws IOException {
        Project project = project();
        List<Path> before = lists();
        importFiles(project, false, trl(pairs(0, 1)));
        assertThatThrownBy(() -> importFiles(project, false, trl("[{},"))).isInstanceOf(ImportFailedException.class);
        assertThat(lists()).isEqualTo(before);
    }

    private List<Path> lists() throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(data.resolve("uploads")))) {
            return files.sorted().toList();
        }
    }
}

@OnH2
class ImportOnH2Test extends ImportTests {}

@OnPostgres
class ImportOnPostgresTest extends ImportTests {}
