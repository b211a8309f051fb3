package dev.tiebreak.studio.registry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface CheckpointRepository extends Repository<CheckpointEntity, UUID> {

    CheckpointEntity saveAndFlush(CheckpointEntity checkpoint);

    Optional<CheckpointEntity> findById(UUID id);

    Optional<CheckpointEntity> findByFolder(String folder);

    List<CheckpointEntity> findAllByOrderByCreatedAtDescIdAsc();

    List<CheckpointEntity> findByKindOrderByCreatedAtDescIdAsc(CheckpointKind kind);

    List<CheckpointEntity> findByParentOrderByCreatedAtDescIdAsc(UUID parent);
}
