package dev.tiebreak.rlhf.torch;

/// Where tensors live and why, as a person reads it.
///
/// @param name   `cpu` or `cuda:0`
/// @param reason why this one, for instance `no CUDA device: /dev/nvidia0 is absent`
public record ComputeDevice(String name, String reason) {

    public boolean isCuda() {
        return name.startsWith("cuda");
    }
}
