using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Documents;

/// <summary>The faults that tests/mutations.sh puts in can be put in: some are tried each day, and a move loses them.</summary>
public sealed class MutationTableTests
{
    [Fact]
    public void Lines_OfEachFault_StandOnceInItsFile() => Assert.Empty(Faults().Where(static fault =>
        !File.Exists(fault.File)
        || File.ReadAllText(fault.File).Split(fault.Lines).Length != 2).Select(static fault => fault.Name));

    private static IEnumerable<(string Name, string File, string Lines)> Faults()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "tests", "mutations.txt"))
            .Where(static line => line is not ("" or ['#', ..]));
        var (name, file, lines) = ("", "", new List<string>());
        foreach (var line in table.Append("the end"))
        {
            if (!line.StartsWith(' '))
            {
                if (name.Length > 0)
                    yield return (name, file, string.Join('\n', lines));

                (name, file, lines) = (line, "", []);
            }
            else if (line.StartsWith("  file ", StringComparison.Ordinal))
            {
                file = Path.Combine(Repository.Root, line[7..]);
            }
            else if (line.StartsWith("  -", StringComparison.Ordinal))
            {
                lines.Add(line.Length > 7 ? line[7..] : "");
            }
        }
    }
}
