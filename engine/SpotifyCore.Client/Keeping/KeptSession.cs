using System.Text;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Files;

namespace SpotifyCore.Client.Keeping;

/// <summary>
/// The session that is open, kept on disk so that a restart needs no login: the account's name, and the session's
/// token wrapped with the device key and bound to the access point and the name. In a file only its owner can read.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="accessPoint">Whose session it is: a token goes to nobody else.</param>
/// <param name="device">Wraps the token.</param>
/// <param name="logger">The log.</param>
internal sealed class KeptSession(string path, string accessPoint, DeviceKey device, ILogger logger)
{
    private const int MaxSize = 4_096;

    /// <summary>Keeps a session; a disk that fails costs the next start a login, nothing else.</summary>
    public void Keep(string name, string token)
    {
        var wrapped = device.Wrap(Encoding.ASCII.GetBytes(token), Context(name));
        var lines = Encoding.UTF8.GetBytes($"{name}\n{Convert.ToBase64String(wrapped)}\n");
        try
        {
            DurableFile.Replace(path, lines, forOwnerAlone: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.SessionKeepFailed(logger, failure.Message);
        }
    }

    /// <summary>
    /// The session that was kept; null when there is none, or it was altered or is of another device.
    /// </summary>
    public (string Name, string Token)? Find()
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaxSize)
                return null;

            var lines = File.ReadAllLines(path);
            if (lines.Length != 2)
                return null;

            var wrapped = Convert.FromBase64String(lines[1]);
            var token = new byte[Math.Max(0, wrapped.Length - DeviceKey.Overhead)];
            if (device.TryUnwrap(wrapped, token, Context(lines[0])))
                return (lines[0], Encoding.ASCII.GetString(token));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            // Unreadable, as if altered.
        }

        return null;
    }

    /// <summary>Forgets it.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ClientLog.SessionKeepFailed(logger, failure.Message);
        }
    }

    private byte[] Context(string name) => Encoding.UTF8.GetBytes($"session\n{accessPoint}\n{name}");
}
