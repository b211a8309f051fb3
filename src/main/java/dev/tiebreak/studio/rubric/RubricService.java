package dev.tiebreak.studio.rubric;

import dev.tiebreak.studio.rubric.RubricFolder.SoundFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;

/// The rubrics of the studio and all their versions. A version is a text: reading the same text again adds nothing, and
/// a file that is broken or gone leaves the version that was last in force where it is.
@Service
public class RubricService {
    private static final Logger log = LoggerFactory.getLogger(RubricService.class);

    private final RubricVersionRepository versions;
    private final InstantSource clock;
    private final Path folder;
    private final Map<UUID, Rubric> read = new ConcurrentHashMap<>(); // texts never change
    private volatile List<RubricProblem> problems = List.of();

    RubricService(
            RubricVersionRepository versions,
            InstantSource clock,
            @Value("${tiebreak.rubrics:./annotation-rubrics}") Path folder) {
        this.versions = versions;
        this.clock = clock;
        this.folder = folder;
    }

    /// The versions in force, one a rubric, by key.
    public List<Rubric> current() {
        return versions.keys().stream()
                .flatMap(key -> current(new RubricKey(key)).stream())
                .toList();
    }

    /// The version of this rubric that is in force.
    public Optional<Rubric> current(RubricKey key) {
        return versions.findFirstByKeyOrderByInForceSinceDescVersionDesc(key.value())
                .map(this::rubric);
    }

    public Optional<Rubric> find(RubricVersionId id) {
        return versions.findById(id.value()).map(this::rubric);
    }

    /// All versions of this rubric, the newest first.
    public List<Rubric> versions(RubricKey key) {
        return versions.findByKeyOrderByVersionDesc(key.value()).stream()
                .map(this::rubric)
                .toList();
    }

    /// What is wrong with the files as they were last read; their last good versions stay in force.
    public List<RubricProblem> problems() {
        return problems;
    }

    /// Reads the folder again and stores the texts that are new.
    public synchronized void reload() {
        RubricFolder.Contents contents = RubricFolder.read(folder);
        contents.sound().forEach(this::putInForce);
        problems = contents.problems();
        problems.forEach(problem -> log.warn("rubric not taken over: {}", problem));
    }

    private void putInForce(SoundFile file) {
        try {
            putInForceOnce(file);
        } catch (DataIntegrityViolationException e) {
            putInForceOnce(file); // another server on this database stored the same text a moment ago
        }
    }

    private void putInForceOnce(SoundFile file) {
        RubricKey key = file.sheet().key();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS); // what the databases keep
        Optional<RubricVersionEntity> stored =
                versions.findByKeyAndSha256(key.value(), file.text().sha256());
        Optional<RubricVersionEntity> inForce = versions.findFirstByKeyOrderByInForceSinceDescVersionDesc(key.value());
        if (stored.isEmpty()) {
            int last = versions.findByKeyOrderByVersionDesc(key.value()).stream()
                    .mapToInt(RubricVersionEntity::version)
                    .max()
                    .orElse(0);
            versions.save(new RubricVersionEntity(UUID.randomUUID(), key, last + 1, file.text(), now));
        } else if (inForce.map(RubricVersionEntity::getId)
                .filter(stored.get().getId()::equals)
                .isEmpty()) {
            stored.get().putInForce(now);
            versions.save(stored.get());
        }
    }

    private Rubric rubric(RubricVersionEntity entity) {
        return read.computeIfAbsent(entity.getId(), id -> rubric(id, entity));
    }

    private static Rubric rubric(UUID id, RubricVersionEntity entity) {
        String name = entity.key() + " version " + entity.version();
        return switch (RubricReader.read(name, entity.source())) {
            case RubricReader.Reading.Sound(var sheet) ->
                new Rubric(
                        new RubricVersionId(id),
                        new RubricKey(entity.key()),
                        entity.version(),
                        entity.sha256(),
                        entity.storedAt(),
                        sheet,
                        entity.source());
            case RubricReader.Reading.Broken(var problems) ->
                throw new IllegalStateException("a stored rubric can no longer be read: " + problems.getFirst());
        };
    }
}
