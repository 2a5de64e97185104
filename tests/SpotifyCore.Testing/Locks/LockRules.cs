namespace SpotifyCore.Testing.Locks;

/// <summary>What an assembly does not say by itself of its locks.</summary>
public sealed class LockRules
{
    /// <summary>Names of types, beside the collections, whose objects are not for several threads.</summary>
    public IReadOnlyCollection<string> NotThreadSafe { get; init; } = [];

    /// <summary>
    /// Of a type that one loop owns, and that has a lock for what others use of it: the fields that the lock guards, as
    /// <c>Type._field</c>.
    /// </summary>
    public IReadOnlyCollection<string> Only { get; init; } = [];

    /// <summary>
    /// Fields, as <c>Type._field</c>, that are used without the lock of their type too, or methods, as
    /// <c>Type.Method</c>, that need none for any, and why.
    /// </summary>
    public IReadOnlyDictionary<string, string> Free { get; init; } = new Dictionary<string, string>();

    /// <summary>Methods, as <c>Type.Method</c>, whose lock guards no field, and what it is for.</summary>
    public IReadOnlyDictionary<string, string> Needed { get; init; } = new Dictionary<string, string>();
}
