package dev.cairn.format.log;

import dev.cairn.format.DeviceId;
import dev.cairn.format.crypto.SigningKey;

/** The device that signs what its writer publishes. */
public record Signatory(DeviceId device, SigningKey key) {}
