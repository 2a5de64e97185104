using SpotifyCore.SideBySide.Profiling;

namespace SpotifyCore.SideBySide.Tests.Profiling;

public sealed class PerfReportTests
{
    [Fact]
    public void Parse_ByModule_GivesSharesInTheirOrder()
    {
        const string Report = """
            # To display the perf.data header info, please use --header/--header-only options.
            #
            # Samples: 987  of event 'cpu-clock'
            # Event count (approx.): 989969980
            #
            # Overhead  Shared Object
            # ........  ...........................
            #
                72.14%  [kernel.kallsyms]
                 1.50%  libcoreclr.so

            """;

        Assert.Equal(
            [new SampleShare(0.7214, "[kernel.kallsyms]"), new SampleShare(0.015, "libcoreclr.so")],
            PerfReport.Parse(Report));
    }

    [Fact]
    public void Parse_ByFunction_NamesItWithoutTheMarkOfKernelOrUser() => Assert.Equal(
        [new SampleShare(0.21, "rep_movs_alternative"), new SampleShare(0.04, "instance int32 Some.Type::Read(int32)")],
        PerfReport.Parse("    21.00%  [k] rep_movs_alternative\n     4.00%  [.] instance int32 Some.Type::Read(int32)\n"));

    [Fact]
    public void Parse_ColumnsWithoutAFigureBehindTheFunction_AreLeftOut() => Assert.Equal(
        [new SampleShare(0.4048, "pvm_irq_enable")],
        PerfReport.Parse("    40.48%  [k] pvm_irq_enable                    -      -            \n"));
}
