package dev.tiebreak.studio.rubric;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface RubricVersionRepository extends Repository<RubricVersionEntity, UUID> {

    RubricVersionEntity save(RubricVersionEntity version);

    Optional<RubricVersionEntity> findById(UUID id);

    Optional<RubricVersionEntity> findByKeyAndSha256(String key, String sha256);

    List<RubricVersionEntity> findByKeyOrderByVersionDesc(String key);

    Optional<RubricVersionEntity> findFirstByKeyOrderByInForceSinceDescVersionDesc(String key);

    @Query("select distinct v.key from RubricVersionEntity v order by v.key")
    List<String> keys();
}
