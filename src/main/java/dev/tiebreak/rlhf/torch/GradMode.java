package dev.tiebreak.rlhf.torch;

import ai.djl.pytorch.jni.JniUtils;

/// Whether operations of the current thread are recorded for the backward pass, until closed.
/// The mode belongs to the native thread and starts switched on, so every piece of tensor work names its own.
public final class GradMode implements AutoCloseable {
    private final boolean before;

    private GradMode(boolean recording) {
        before = JniUtils.isGradMode();
        JniUtils.setGradMode(recording);
    }

    public static GradMode recording() {
        return new GradMode(true);
    }

    public static GradMode off() {
        return new GradMode(false);
    }

    public static boolean isRecording() {
        return JniUtils.isGradMode();
    }

    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
