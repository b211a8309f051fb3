package dev.tiebreak.studio.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// At the start, finds the models that training can begin with; a demo begins with a copy of the sample model, so that
/// what is trained from it keeps its parent when the sample data change or go.
@Component
@Order(20)
@ConditionalOnProperty(name = "tiebreak.background", havingValue = "true", matchIfMissing = true)
class BaseModels implements ApplicationRunner {
    static final String SAMPLE_NAME = "small-world";
    private static final Logger LOG = LoggerFactory.getLogger(BaseModels.class);

    private final ModelsFolder models;
    private final ModelLibrary library;
    private final boolean demo;
    private final Path sample;

    BaseModels(
            ModelsFolder models,
            ModelLibrary library,
            @Value("${tiebreak.demo:false}") boolean demo,
            @Value("${tiebreak.sample-data}") Path sampleData) {
        this.models = models;
        this.library = library;
        this.demo = demo;
        this.sample = sampleData.resolve("model");
    }

    @Override
    public void run(ApplicationArguments arguments) throws IOException {
        models.deleteUnfinished();
        if (demo && Files.isDirectory(sample)) {
            models.copyOnce(sample, SAMPLE_NAME);
        }
        library.registerFound().forEach(problem -> LOG.warn("A model cannot be used: {}", problem));
    }
}
