// Package perceptron learns to label sequences and reads the models it wrote.
//
// A sequence is a row of items (the tokens of a sentence or of a report); an
// item has features, which are plain 32-bit hashes (see [Hash]), and gets one
// label out of a small set. A model scores a label by the sum of the weights
// of the item's features plus the weight of the step from the label before it,
// and [Decoder.Decode] finds the best row of labels (Viterbi). Two learners
// share that form:
//
//   - [Averaged], the averaged structured perceptron of Collins (2002),
//     "Discriminative Training Methods for Hidden Markov Models";
//   - [CRF], the linear-chain conditional random field of Lafferty, McCallum
//     and Pereira (2001), trained by stochastic gradient descent with a
//     quadratic penalty as in Bottou's crfsgd (2007).
//
// Training is deterministic: the same sequences and Options give the same
// bytes. Nothing here reads a clock, a file or a random source of the system.
//
// # Use
//
//	m := perceptron.Train(seqs, perceptron.Options{Labels: labels, Step: perceptron.BIO(labels)})
//	m.WriteTo(file)
//	…
//	m, err := perceptron.Open(data) // costs nothing: weights stay where they are
//	d := m.NewDecoder()             // one for each goroutine
//	d.Rows.Reset()
//	for each item { d.Rows.Add(feature) …; d.Rows.End() }
//	for i, label := range d.Decode() { m.Labels[label] … }
package perceptron
