package dev.tiebreak.rlhf.torch;

import static java.lang.invoke.MethodType.methodType;

import ai.djl.pytorch.jni.IValue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/// Calls a module's method outside InferenceMode.
///
/// DJL's public calls either run under InferenceMode, whose results cannot enter a backward pass, or read argument
/// types from mutable array names. The native call beneath them has neither flaw but is package-private (DJL 0.36),
/// so it is reached through a private lookup.
final class ModuleCall {
    private static final MethodHandle RUN_METHOD;
    private static final MethodHandle NEW_IVALUE;

    static {
        try {
            Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
            var inLibrary = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
            Object instance =
                    inLibrary.findStaticVarHandle(library, "LIB", library).get();
            RUN_METHOD = inLibrary
                    .findVirtual(
                            library,
                            "moduleRunMethod",
                            methodType(
                                    long.class, long.class, String.class, long[].class, boolean.class, boolean.class))
                    .bindTo(instance);
            NEW_IVALUE = MethodHandles.privateLookupIn(IValue.class, MethodHandles.lookup())
                    .findConstructor(IValue.class, methodType(void.class, long.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ModuleCall() {}

    static IValue run(long module, String method, IValue... arguments) {
        long[] handles = Arrays.stream(arguments).mapToLong(IValue::getHandle).toArray();
        try {
            boolean train = true; // leaves InferenceMode off; whether operations are recorded is GradMode's matter
            boolean separateCudaStream = false;
            long result = (long) RUN_METHOD.invokeExact(module, method, handles, train, separateCudaStream);
            return (IValue) NEW_IVALUE.invokeExact(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
