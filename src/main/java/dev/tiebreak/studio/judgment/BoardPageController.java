package dev.tiebreak.studio.judgment;

import dev.tiebreak.studio.account.Role;
import dev.tiebreak.studio.dataset.ProjectId;
import dev.tiebreak.studio.dataset.ProjectService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The address of the comparison board; the page itself is static, and says itself when there is no such project.
@Controller
@RolesAllowed({Role.Names.ANNOTATOR, Role.Names.DATA_LEAD, Role.Names.ADMINISTRATOR})
class BoardPageController {
    private final ProjectService projects;

    BoardPageController(ProjectService projects) {
        this.projects = projects;
    }

    @GetMapping("/annotate/{project}")
    String board(@PathVariable("project") String id, HttpServletResponse response) {
        if (ProjectId.parse(id).flatMap(projects::find).isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        return "forward:/tiebreak/board.html";
    }
}
