package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/// The address of the comparison board; the page itself is static.
@Controller
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class BoardPageController {
    private final ProjectService projects;

    BoardPageController(ProjectService projects) {
        this.projects = projects;
    }

    @GetMapping("/annotate/{project}")
    String board(@PathVariable("project") UUID id) {
        if (projects.find(new ProjectId(id)).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no such project");
        }
        return "forward:/tiebreak/board.html";
    }
}
