package dev.tiebreak.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// Every library we build on, those of the tests included, may be used under a free licence that asks nothing of
/// our own code; Vaadin's commercial parts are not among them.
class LicencesTest {
    /// One of a library's licences must match as a whole; the others are choices that we do not take.
    private static final Pattern FREE = Pattern.compile("(?i)(the )?apache(.software)?(.license)?(,?.version)?.2(\\.0)?"
            + "|(the )?mit(-0)?( license)?|0bsd|(the )?(new |2-clause |3-clause )?bsd([- ](2|3)-clause)?( license)?"
            + "|edl 1\\.0|eclipse distribution license.*|epl[- ][12]\\.0|eclipse public license.*"
            + "|mpl[- ]2\\.0|mozilla public license.*2\\.0|cc0.*|public domain.*|go license");

    @Test
    void every_library_has_a_free_licence() throws Exception {
        List<Path> jars = libraries();
        assertThat(jars).hasSizeGreaterThan(100);
        List<String> others = new ArrayList<>();
        for (Path jar : jars) {
            List<String> licences = licences(pom(jar));
            if (licences.stream().noneMatch(licence -> FREE.matcher(licence).matches())) {
                others.add(jar.getFileName() + " " + licences);
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void no_part_of_vaadin_is_a_commercial_one() throws Exception {
        List<Path> vaadins = libraries().stream()
                .filter(jar -> jar.toString().contains("/com/vaadin/"))
                .toList();
        assertThat(vaadins).hasSizeGreaterThan(20);
        for (Path jar : vaadins) {
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.getManifest().getMainAttributes().getValue("CvdlName"))
                        .as(jar.getFileName().toString())
                        .isNull();
            }
        }
    }

    private static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .toList();
    }

    private static Path pom(Path jar) throws IOException {
        try (Stream<Path> files = Files.list(jar.resolveSibling(""))) {
            return files.filter(file -> file.toString().endsWith(".pom"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no pom beside " + jar));
        }
    }

    /// Those of the pom, or else of the nearest parent that names some.
    private static List<String> licences(Path pom) throws Exception {
        Element project = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        Optional<Element> named = child(project, "licenses");
        if (named.isPresent()) {
            return children(named.get())
                    .flatMap(licence -> child(licence, "name").or(() -> child(licence, "url")).stream())
                    .map(name -> name.getTextContent().strip().replaceAll("\\s+", " "))
                    .toList();
        }
        Optional<Element> parent = child(project, "parent");
        return parent.isPresent() ? licences(pomOf(parent.get(), repository(pom, project))) : List.of();
    }

    private static Path repository(Path pom, Element project) {
        String group = text(project, "groupId")
                .or(() -> child(project, "parent").flatMap(parent -> text(parent, "groupId")))
                .orElseThrow();
        Path folder = pom.toAbsolutePath();
        for (int up = 0; up < group.split("\\.").length + 3; up++) { // group, artifact, version and the file itself
            folder = folder.resolve("..").normalize();
        }
        return folder;
    }

    private static Path pomOf(Element parent, Path repository) {
        String artifact = text(parent, "artifactId").orElseThrow();
        String version = text(parent, "version").orElseThrow();
        return repository
                .resolve(text(parent, "groupId").orElseThrow().replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    private static Optional<String> text(Element element, String name) {
        return child(element, name).map(found -> found.getTextContent().strip());
    }

    private static Optional<Element> child(Element element, String name) {
        return children(element).filter(each -> each.getTagName().equals(name)).findFirst();
    }

    private static Stream<Element> children(Element element) {
        var nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .<Node>mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
