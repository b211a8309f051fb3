package dev.tiebreak.studio.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface AccountRepository extends JpaRepository<AccountEntity, UUID> {

    Optional<AccountEntity> findByUsername(String username);

    List<AccountEntity> findAllByOrderByUsername();

    @Query("select count(a) from AccountEntity a where a.enabled and not a.demo and :role member of a.roles")
    long countEnabledPeopleWith(Role role);
}
