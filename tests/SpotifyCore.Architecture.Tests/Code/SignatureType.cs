namespace SpotifyCore.Architecture.Tests.Code;

/// <summary>A type as it stands in a signature.</summary>
/// <param name="Name">The type, or what an array or a pointer is of; null for a generic parameter.</param>
/// <param name="Arguments">What a generic type is made of.</param>
internal sealed record SignatureType(TypeName? Name, IReadOnlyList<SignatureType> Arguments)
{
    private const string Tuple = "ValueTuple`";

    /// <summary>What it asks of who reads it: one, and as many as its members are where it is a tuple.</summary>
    public int Size => Name is { Namespace: "System" } name && name.Name.StartsWith(Tuple, StringComparison.Ordinal)
        ? Arguments.Sum(static member => member.Size)
        : 1;

    /// <summary>Every type that it names.</summary>
    public IEnumerable<TypeName> Names() =>
        (Name is { } own ? [own] : Enumerable.Empty<TypeName>()).Concat(Arguments.SelectMany(static of => of.Names()));
}
