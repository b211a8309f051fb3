package dev.tiebreak.rlhf.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// libtorch, started without any network access, on the GPU when there is one and on the CPU otherwise.
///
/// The natives unpack into DJL's cache on the first start of a machine; the system property or environment variable
/// `DJL_CACHE_DIR` moves it.
public final class TorchRuntime implements AutoCloseable {
    private static final Path FIRST_GPU = Path.of("/dev/nvidia0");

    private final ComputeDevice device;
    private final TensorScope scope;

    private TorchRuntime(ComputeDevice device, TensorScope scope) {
        this.device = device;
        this.scope = scope;
    }

    /// @param progress hears one line when the start takes long because natives are unpacked
    public static TorchRuntime start(Consumer<String> progress) {
        System.setProperty("ai.djl.offline", "true"); // before DJL's first class: no download, no telemetry
        System.setProperty("OPT_OUT_TRACKING", "true");
        NativeAllocator.returnLargeBlocksAtOnce();
        announceUnpacking(progress);
        Engine engine = Engine.getEngine("PyTorch");
        ComputeDevice chosen = choose(engine);
        Device device = chosen.isCuda() ? Device.gpu(0) : Device.cpu();
        var manager = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
        var runtime = new TorchRuntime(chosen, new TensorScope(manager));
        runtime.prepareThread();
        return runtime;
    }

    private static void announceUnpacking(Consumer<String> progress) {
        Path cache = Utils.getEngineCacheDir("pytorch");
        boolean ownLibrary = Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null;
        if (!ownLibrary && !Files.isDirectory(cache)) {
            progress.accept(
                    "Unpacking PyTorch's native libraries (about 430 MB) into " + cache + ", on the first start only");
        }
    }

    private static ComputeDevice choose(Engine engine) {
        if (engine.getGpuCount() > 0) {
            return new ComputeDevice("cuda:0", "a CUDA device was found");
        }
        if (!Files.exists(FIRST_GPU)) {
            return new ComputeDevice("cpu", "no CUDA device: " + FIRST_GPU + " is absent");
        }
        String flavor = Platform.detectPlatform("pytorch").getFlavor();
        return new ComputeDevice(
                "cpu",
                flavor.startsWith("cpu")
                        ? "a GPU is present, but the CPU natives are on the class path"
                        : "a GPU is present, but the " + flavor + " natives could not use it");
    }

    /// Every thread that touches tensors calls this first: its graph executor settings and grad mode are its own.
    public void prepareThread() {
        JniUtils.setGraphExecutorOptimize(false); // optimising per new shape costs more than it gains
        JniUtils.setGradMode(false);
    }

    /// Runs tensor work on a platform thread of its own and waits for it. Virtual threads must not do it:
    /// the grad mode would belong to whichever carrier they happen to be on.
    public static <T> T onTensorThread(String name, Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name(name).start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    public ComputeDevice device() {
        return device;
    }

    /// Bytes of the device's own memory that are free; empty on the CPU, which has the machine's.
    public OptionalLong freeDeviceMemory() {
        if (!device.isCuda()) {
            return OptionalLong.empty();
        }
        MemoryUsage usage = CudaUtils.getGpuMemory(Device.gpu(0));
        return OptionalLong.of(usage.getMax() - usage.getCommitted());
    }

    /// The scope of everything that lives as long as the runtime.
    public TensorScope scope() {
        return scope;
    }

    /// Compiles a generated program on this runtime's device.
    ///
    /// @param listAttributes names of its `List[Tensor]` attributes; they start empty
    public TorchProgram compile(String source, List<String> listAttributes) {
        return TorchProgram.load(scope, source, listAttributes);
    }

    @Override
    public void close() {
        scope.close();
    }
}
