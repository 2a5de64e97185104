using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SpotifyCore.Testing.Power;

/// <summary>
/// What a process that is to lose its power knows: where to write, and whom to tell what it has promised.
/// </summary>
public sealed class PowerLossScenario
{
    private const BindingFlags Anywhere =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Func<int> _look;

    private PowerLossScenario(string root, Func<int> look)
    {
        Root = root;
        _look = look;
    }

    /// <summary>The directory whose disk is watched; it is there, and empty.</summary>
    public string Root { get; }

    /// <summary>Says that something was acknowledged: from now on it must survive.</summary>
    /// <param name="what">What; no line ends.</param>
    public void Acknowledge(string what) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_look()} {what}"));

    /// <summary>
    /// The entry point of a test project whose scenarios are run as processes: runs the one that
    /// <see cref="PowerLoss.RunAsync"/> asked for.
    /// </summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var type, var method, var root, var library])
            return 2;

        // A lambda that captures nothing is a method of an object without state.
        var owner = Type.GetType(type, throwOnError: true)!;
        var found = owner.GetMethod(method, Anywhere)!;
        var scenario = found.CreateDelegate<Func<PowerLossScenario, Task>>(
            found.IsStatic ? null : Activator.CreateInstance(owner, nonPublic: true));

        // Loaded already, before all others: this only finds it.
        var look = Marshal.GetDelegateForFunctionPointer<Look>(
            NativeLibrary.GetExport(NativeLibrary.Load(library), "powerloss_look"));
        await scenario(new PowerLossScenario(root, () => look()));
        return 0;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Look();
}
