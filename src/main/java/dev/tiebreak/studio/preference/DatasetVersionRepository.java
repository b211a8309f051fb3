package dev.tiebreak.studio.preference;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.repository.Repository;

interface DatasetVersionRepository extends Repository<DatasetVersionEntity, UUID> {

    DatasetVersionEntity saveAndFlush(DatasetVersionEntity version);

    Optional<DatasetVersionEntity> findById(UUID id);

    Optional<DatasetVersionEntity> findByProjectAndSha256(UUID project, String sha256);

    Optional<DatasetVersionEntity> findByProjectAndNumber(UUID project, int number);

    List<DatasetVersionEntity> findByProjectOrderByNumberDesc(UUID project);
}
