using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Storage.Vault;

/// <summary>What the vault says; event ids 2020 to 2039.</summary>
internal static partial class VaultLog
{
    [LoggerMessage(2020, LogLevel.Information, "Vault {Directory} opened; {Leftovers} unfinished files removed")]
    public static partial void LogVaultOpened(this ILogger logger, string directory, int leftovers);

    [LoggerMessage(2021, LogLevel.Error, "Chunk {Chunk} in the vault is damaged")]
    public static partial void LogChunkDamaged(this ILogger logger, ChunkId chunk);

    [LoggerMessage(2022, LogLevel.Error, "File {File} in the vault cannot be read: {Reason}")]
    public static partial void LogFileDamaged(this ILogger logger, FileId file, string reason);

    [LoggerMessage(2024, LogLevel.Error, "The vault {Directory} is gone: its files are lost unless others have them")]
    public static partial void LogVaultLost(this ILogger logger, string directory);

    [LoggerMessage(2025, LogLevel.Error, "The vault is gone and can't be taken again: {Reason}")]
    public static partial void LogVaultTaken(this ILogger logger, string reason);

    [LoggerMessage(2026, LogLevel.Debug, "File {File} deleted, as nothing shows it any more")]
    public static partial void LogDiscarded(this ILogger logger, FileId file);

    [LoggerMessage(2023, LogLevel.Debug, "File {File} stored, {Bytes} bytes")]
    public static partial void LogStored(this ILogger logger, FileId file, long bytes);
}
