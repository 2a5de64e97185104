using System.Globalization;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>
/// Where processes run: a server on the first core that is allowed, what asks it on the second, if there is one.
/// </summary>
internal static class Cores
{
    private static readonly IReadOnlyList<int> Allowed = CpuList.ReadAllowed();

    /// <summary>The core of servers.</summary>
    public static int Server { get; } = Allowed[0];

    /// <summary>The core of whoever asks them, and of a tool that is measured alone.</summary>
    public static int Client { get; } = Allowed.Count > 1 ? Allowed[1] : Allowed[0];

    /// <summary>False where server and client share what one core can do, by the allowed set or by a quota.</summary>
    public static bool AreTwo { get; } = Allowed.Count > 1 && Environment.ProcessorCount > 1;

    /// <summary>A command that runs a program on one core.</summary>
    public static string[] Pin(int core, string program, params IEnumerable<string> arguments) =>
        ["taskset", "-c", core.ToString(CultureInfo.InvariantCulture), program, .. arguments];
}
