using System.Text;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Control;

/// <summary>Refuses a socket path that no system takes.</summary>
internal sealed class ControlOptionsCheck : IValidateOptions<ControlOptions>
{
    // sockaddr_un has room for 104 bytes on macOS and 108 on Linux, the last of which is a zero.
    private const int MaxPathBytes = 103;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ControlOptions options) =>
        options.Socket.Length > 0 && Encoding.UTF8.GetByteCount(Path.GetFullPath(options.Socket)) <= MaxPathBytes
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Socket can't be '{options.Socket}': it must be a path of at most {MaxPathBytes} bytes");
}
